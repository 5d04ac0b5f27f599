using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("{name: a, effect: block, match: {actions: [reed]}}", "actions", "Did you mean 'read'?")]
    [InlineData("{name: a, effect: blok}", "effect", "Did you mean 'block'?")]
    [InlineData("{name: a, effect: block, whenn: 'true'}", "whenn", "Did you mean 'when'?")]
    [InlineData("{name: a, effect: block, when: 'agent.nam == \"x\"'}", "when", "Did you mean 'agent.name'?")]
    [InlineData("{name: a, effect: block, when: 'agent.level'}", "when", "")]
    [InlineData("{name: a, effect: block, when: '1 +'}", "when", "")]
    [InlineData("{name: a, effect: degrade}", "obligations", "dry_run")]
    [InlineData("{name: a, effect: allow, obligations: {max_tokens: 5}}", "obligations", "effect: degrade")]
    [InlineData("{name: a, effect: block, obligations: {log_detailed: true}}", "obligations", "Remove")]
    [InlineData("{name: a, effect: degrade, obligations: {max_token: 5}}", "obligations.max_token", "Did you mean 'max_tokens'?")]
    [InlineData("{name: a, effect: degrade, obligations: {max_tokens: 0}}", "obligations.max_tokens", "")]
    [InlineData("{name: a, effect: block, rate_limit: {requests: 1, window: hour}}", "rules", "rate")]
    [InlineData("{name: a, effect: allow, endpoint: {path_denylist: [/secret/**]}}", "rules", "intent.path")]
    [InlineData("{name: a, effect: allow, endpoint: {path_allowlist: [/open/**]}}", "rules", "intent.path")]
    public void AMistakeInARule_IsAnErrorWithItsPlace(string rule, string field, string remedy)
    {
        var yaml = new World { Rules = [rule] }.Yaml;

        var result = SnapshotCompiler.Compile([new SourceFile("world.yaml", yaml)]);

        Assert.Null(result.Value);
        var error = result.Errors[0];
        Assert.EndsWith(field, error.Field, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        Assert.Contains(
            "kind: Policy",
            yaml.Split('\n')[..error.Position.Line].Last(line => line.StartsWith("kind", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.True(error.Position.Column > 1);
    }

    [Fact]
    public void ABareFilesWords_AreNotThoseOfADocument()
    {
        var result = SnapshotCompiler.Compile([
            new SourceFile("world.yaml", new World { Policy = "schema_id: gait.gate.policy", Rules = ["{name: a, effect: block}"] }.Yaml),
        ]);

        Assert.EndsWith("schema_id", Assert.Single(result.Errors).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyWithoutRules_IsAnError()
    {
        var yaml = "apiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: demo, name: empty}\nspec: {}\n";

        var result = SnapshotCompiler.Compile([new SourceFile("world.yaml", new World { More = yaml }.Yaml)]);

        Assert.EndsWith("rules", Assert.Single(result.Errors).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingThatARuleSays_ChangesTheRevision()
    {
        string[] rules =
        [
            "{name: a, effect: degrade, obligations: {max_tokens: 5}}",
            "{name: a, effect: degrade, obligations: {max_tokens: 6}}",
            "{name: a, effect: dry_run}",
            "{name: a, effect: block}",
            "{name: a, effect: block, when: 'true'}",
            "{name: a, effect: block, match: {connectors: [system]}}",
            "{name: a, effect: block, match: {actions: [read]}}",
            "{name: b, effect: block}",
            "{name: a, effect: allow, obligations: {log_detailed: true}}",
            "{name: a, effect: allow}",
        ];

        var revisions = rules
            .Select(rule =>
                new World { Rules = [rule] }
                    .Compile()
                    .Revision
            )
            .ToList();
        revisions.Add(
            new World { Rules = [rules[3]], Policy = "combine: first-tier" }
                .Compile()
                .Revision
        );
        revisions.Add(
            new World { Rules = [rules[3]], Policy = "default_verdict: block" }
                .Compile()
                .Revision
        );

        Assert.Equal(revisions.Count, revisions.Distinct().Count());
    }

    [Fact]
    public void TheOrderAndLayoutOfRules_DoNotChangeTheRevision() =>
        Assert.Equal(
            new World { Rules = ["{name: a, effect: block}", "{name: b, effect: block, match: {actions: [read, write]}}"] }
                .Compile()
                .Revision,
            new World { Rules = ["{ name: b, match: {actions: [ write, read ] }, effect: BLOCK }", "{name: a, effect: block}"] }
                .Compile()
                .Revision
        );
}
