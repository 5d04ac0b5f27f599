using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Compilation;

/// <summary>A rule that is about nothing would restrict nothing, and nobody would notice.</summary>
public sealed class RuleNamesCheckTests
{
    [Theory]
    [InlineData("tool_names: [system/act]")]
    [InlineData("tool_names: [System/Act]")]
    [InlineData("connectors: [system], identities: [agent]")]
    [InlineData("actions: [delete], risk_classes: [high]")]
    public void Rule_about_what_there_is_loads(string match) => Assert.Empty(Compile(match).Errors);

    [Theory]
    [InlineData("tool_names: [system/akt]", "tool_names", "the tool 'system/akt'", "Did you mean 'system/act'?")]
    [InlineData("tool_names: [system/act, system/none]", "tool_names", "the tool 'system/none'", "")]
    [InlineData("tool_names: [\"system/*\"]", "tool_names", "the tool 'system/*'", "or its connector in match.connectors.")]
    [InlineData("connectors: [sistem]", "connectors", "the connector 'sistem'", "Did you mean 'system'?")]
    [InlineData("identities: [agend]", "identities", "the agent 'agend'", "Did you mean 'agent'?")]
    public void Rule_about_what_there_isn_t_is_an_error_with_the_nearest_name(string match, string field, string what, string remedy)
    {
        var error = Assert.Single(Compile(match).Errors);

        Assert.Equal($"rules[0].match.{field}", error.Field);
        Assert.Contains(what, error.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        Assert.True(error.Position.Line > 1);
    }

    /// <summary>Old decisions are judged again by what was in force, whatever is checked today.</summary>
    [Fact]
    public void Documents_that_were_in_force_load_as_they_did()
    {
        var files = new[] { new SourceFile("world.yaml", WorldWith("tool_names: [system/gone]")) };
        var kept = GovernanceCompiler
            .Compile([.. files.Select(file => FileReading.Read(file, keepText: true))], null, wereInForce: true)
            .Value!;
        using var text = new MemoryStream();
        kept.Text.Write(text);

        Assert.NotNull(GovernanceArchive.Read(Encoding.UTF8.GetString(text.ToArray()), kept.Snapshot.Revision));
        Assert.Null(SnapshotCompiler.Compile(files).Value);
    }

    /// <summary>Also where only the agent's own documents are looked at again.</summary>
    [Fact]
    public void Taking_an_agent_away_that_a_rule_names_is_an_error()
    {
        var world = WorldWith("identities: [second]");
        const string Second = """
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: second}
            spec:
              workspace: main
              owners: {human: Ada Sample, security: Ben Sample}
              status: active
              level: L2
              risk: low
            """;
        var (first, agent) = (Read("a.yaml", world), Read("b.yaml", Second));
        var before = GovernanceCompiler.Compile([first, agent], null);

        Assert.Empty(before.Errors);
        Assert.Empty(
            GovernanceCompiler
                .Compile([first, Read("b.yaml", Second.Replace("low", "high", StringComparison.Ordinal))], before.Value)
                .Errors
        );
        Assert.Single(GovernanceCompiler.Compile([first], before.Value).Errors);
    }

    private static FileReading Read(string name, string text) => FileReading.Read(new SourceFile(name, text), keepText: true);

    private static Validated<Snapshot> Compile(string match) => SnapshotCompiler.Compile([new SourceFile("world.yaml", WorldWith(match))]);

    private static string WorldWith(string match) => new World { Rules = [$"{{name: r, effect: block, match: {{{match}}}}}"] }.Yaml;
}
