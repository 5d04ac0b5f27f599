using Gateway.Authoring.Gaps;

namespace Gateway.Authoring.Tests.Gaps;

public sealed class LongToolNameTests
{
    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    [InlineData(128, true)]
    public void Name_OfMoreThanModelsTake_IsToldWithItsPlace(int length, bool isTold)
    {
        var name = new string('a', length);
        var found = LongToolName.Of(McpGovernance.Compile($"- {{name: long, tool: {name}, action: read, risk: low}}")).ToList();

        Assert.Equal(isTold ? [name] : [], found.Select(one => one.Name));
        Assert.All(found, one => Assert.StartsWith($"it.yaml:{one.Source.Line}:", one.Text, StringComparison.Ordinal));
        Assert.All(found, one => Assert.Contains($"has {length} characters", one.Text, StringComparison.Ordinal));
    }
}
