namespace Gateway.Cli.Tests.Touring;

public sealed class SummaryTests
{
    [Theory]
    [InlineData("/// <summary>What it is. And more.</summary>\ninternal sealed class A;\n", "What it is")]
    [InlineData("using X;\n\n/// <summary>\n/// A <c>a|b</c>, section 2.3 too.\n/// </summary>\nclass A;\n", "A `a\\|b`, section 2.3 too")]
    [InlineData("/// <summary>One <see cref=\"B.A{T}\"/>.</summary>\n/// <param name=\"x\">X.</param>\nrecord C(int x);\n", "One A")]
    [InlineData("/// <summary>A &lt; B, see <see cref=\"A.Of(int, B)\"/>.</summary>\nclass A;\n", "A &lt; B, see Of")]
    [InlineData("public class A\n{\n    /// <summary>Of a member.</summary>\n    public int B;\n}\n", "")]
    public void Summary_IsTheFirstSentenceOnTheFirstType(string source, string summary) => Assert.Equal(summary, Summary.Of(source));

    [Fact]
    public void Summary_ThatIsLong_EndsAtItsFirstColon() =>
        Assert.Equal(
            "A thing that does one thing or two",
            Summary.Of($"/// <summary>A thing that does one thing or two: {new string('x', 100)}.</summary>\nclass A;\n")
        );
}
