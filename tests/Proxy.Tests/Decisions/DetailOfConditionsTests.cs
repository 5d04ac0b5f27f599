using System.Text;
using Gateway.Evidence.Records;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>What of conditions goes into a detailed record: their values, and no secret among these.</summary>
public sealed class DetailOfConditionsTests
{
    private static readonly Facts Facts = new(null, new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), null);

    [Theory]
    [InlineData("args.text == 'x'", "jane@example.com")]
    [InlineData("args.size() == 0", "sk-proj-abcDEF0123456789")]
    [InlineData("args.text.contains('x')", "pay 4111 1111 1111 1111 now")]
    public void AFind_IsNotShownInAnyPart(string condition, string secret)
    {
        // Also where it lies behind the place at which a text is shortened, and across it.
        foreach (var before in new[] { 0, 190, 300 })
        {
            var text = new string('a', before) + " " + secret;
            var found = Of(condition, $$"""{"text":"{{text}}"}""");

            var one = Assert.Single(found.All, c => c.Rule == "rule");
            Assert.Equal("false", one.Value);
            Assert.Contains(one.Parts, part => part.Value == "[redacted]");
            Assert.DoesNotContain(one.Parts, part => part.Value.Contains(secret[..8], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Values_AreShown_ButWhereFieldsMustNotBeSeen()
    {
        const string condition = "args.amount > 5 && args.text != 'no'";
        Assert.True(ArgumentPointer.TryParse("/text", out var field));
        var owed = new RedactionTerms(RedactionPatterns.None, TermSet<ArgumentPointer>.Of(field!));

        var open = Assert.Single(Of(condition, """{"amount":7,"text":"hello"}""").All, c => c.Rule == "rule");
        var closed = Assert.Single(Of(condition, """{"amount":7,"text":"hello"}""", owed).All, c => c.Rule == "rule");

        Assert.Contains(open.Parts, part => part is { Text: "args.text", Value: "\"hello\"" });
        Assert.Equal("true", closed.Value);
        Assert.All(closed.Parts, part => Assert.Contains(part.Value, (string[])["true", "false", "[redacted]"]));
    }

    [Fact]
    public void MoreThanARecordHasRoomFor_IsCutAndSaysSo()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 500));

        var found = Of("args.numbers.exists(n, n == 1000)", $$"""{"numbers":[{{numbers}}]}""");

        Assert.True(found.IsCut);
        Assert.InRange(found.All.Sum(c => c.Parts.Sum(part => part.Text.Length + part.Value.Length)), 1, 8 * 1024);
    }

    private static DetailedConditions Of(string condition, string json, RedactionTerms? owed = null)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
            .Select(f => new SourceFile(f, File.ReadAllText(f)));
        var rule = new SourceFile(
            "rule.yaml",
            $$"""
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: detail}
            spec:
              rules:
                - name: rule
                  effect: allow
                  when: {{condition}}
                  obligations: {log_detailed: true}
            """
        );
        var compiled = SnapshotCompiler.Compile([.. files, rule]);
        Assert.True(compiled.Value is not null, string.Join('\n', compiled.Errors));
        var intent = JudgedChat.Intent with { Arguments = Encoding.UTF8.GetBytes(json) };
        return DetailOfConditions.Of(compiled.Value, intent, Facts, owed);
    }
}
