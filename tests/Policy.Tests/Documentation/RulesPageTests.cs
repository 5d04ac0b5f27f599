using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Tests.Rules;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Documentation;

/// <summary>The example on the page is a rule file, and does what the page says; the page names every field.</summary>
public sealed class RulesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "rules.md"));

    [Theory]
    [InlineData("tool.read", "/repo/a", Verdict.Allow)]
    [InlineData("tool.read", "/repo/secrets/a", Verdict.Block)]
    [InlineData("tool.read", "/repo/x/../../etc/a", Verdict.Block)]
    [InlineData("tool.write", "/repo/a", Verdict.RequireApproval)]
    [InlineData("tool.delete", "/repo/a", Verdict.Block)]
    public void Example_DoesWhatItSays(string tool, string path, Verdict verdict)
    {
        var result = RulePolicyReader.Read(new SourceFile("docs/rules.md", Page.Split("```yaml\n")[1].Split("```")[0]));
        Assert.True(result.TryGet(out var policy), string.Join("\n", result.Errors));

        var intent = Sample.Intent(tool, $"[{{\"kind\": \"path\", \"value\": \"{path}\"}}]");

        Assert.Equal(verdict, new RuleEngine(policy).Evaluate(intent, Sample.Facts).Verdict);
    }

    [Theory]
    [InlineData("rules: [{name: a, effect: allow, x: 1}]")]
    [InlineData("rules: [{name: a, effect: allow, match: {x: 1}}]")]
    [InlineData("rules: [{name: a, effect: allow, endpoint: {x: 1}}]")]
    [InlineData("rules: [{name: a, effect: allow, sandbox: {x: 1}}]")]
    [InlineData("x: 1")]
    public void Page_NamesEveryField(string yaml)
    {
        // An unknown field's error lists the known ones.
        var known = Sample.Errors(yaml).Split("known here are: ")[1].Split(".\n")[0].TrimEnd('.').Split(", ");

        Assert.All(known.Where(field => field != "enabled"), field => Assert.Contains("`" + field + "`", Page, StringComparison.Ordinal));
    }
}
