using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Rules.Documents;

public sealed class RuleMessageTests
{
    [Fact]
    public void Message_IsReadAndPartOfTheRevision()
    {
        var (plain, told, other) = (Compile(""), Compile("message: Ask finance."), Compile("message: Ask somebody."));

        var rule = Assert.Single(Assert.Single(told.Value!.Find(Tenant.Default)!.Policies.All).Document.Rules.Rules);
        Assert.Equal("Ask finance.", rule.Message);
        Assert.Equal(3, new[] { plain, told, other }.Select(snapshot => snapshot.Value!.Revision).Distinct().Count());
    }

    [Theory]
    [InlineData("message: \"one\\ntwo\"")]
    [InlineData("message: \"\\u001b[2J\"")]
    [InlineData("message: [a]")]
    public void Message_ThatIsNoLine_IsAnError(string message) =>
        Assert.Contains(Compile(message).Errors, error => error.Field.EndsWith("message", StringComparison.Ordinal));

    [Fact]
    public void Message_ThatIsTooLong_IsAnError()
    {
        Assert.Empty(Compile($"message: {new string('a', 256)}").Errors);
        Assert.NotEmpty(Compile($"message: {new string('a', 257)}").Errors);
    }

    private static Validated<Snapshot> Compile(string message) =>
        SnapshotCompiler.Compile([
            new SourceFile(
                "a.yaml",
                $$"""
                apiVersion: gateway/v1
                kind: Policy
                metadata: {name: words}
                spec:
                  rules:
                    - name: one
                      effect: block
                      match: {actions: [write]}
                      {{message}}
                """
            ),
        ]);
}
