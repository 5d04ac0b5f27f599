using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>MCP servers, judged by a snapshot.</summary>
internal static class TrustCases
{
    public static IReadOnlyList<CaseResult> Run(Corpus corpus) =>
        [.. corpus.Cases("mcp_trust_cases").Select(c => CaseResult.Of(c.Text("id"), Run(corpus, c)))];

    private static string? Run(Corpus corpus, JsonElement c)
    {
        var server = c.GetProperty("server");
        var snapshot = corpus.Has(c.Text("snapshot"))
            ? McpTrustSnapshotReader.Read(corpus.Bytes(c.Text("snapshot")))
            : McpTrustSnapshot.Unavailable;
        var named = new McpServer(server.Text("server_id"), server.Text("server_name"));
        var section = Section(c.GetProperty("trust_policy"));
        var decision = McpTrust.Evaluate(section, new McpCall(named, snapshot), c.Text("risk_class"), c.Time("evaluation_time", default));
        return Compare(c.GetProperty("expected"), section, decision);
    }

    private static string? Compare(JsonElement expected, McpTrustSection section, McpTrustDecision actual)
    {
        var verdict = RuleVerdicts.Word(actual.Enforced ? section.Action : Verdict.Allow);
        var equal =
            expected.Text("status") == actual.Status
            && (expected.Get("enforced")?.GetBoolean() ?? actual.Enforced) == actual.Enforced
            && (expected.Text("verdict_from_allow") is "" || expected.Text("verdict_from_allow") == verdict)
            && expected.Texts("reason_codes").All(code => actual.ReasonCodes.Contains(code));
        return equal ? null : $"{actual.Status}, {actual.Enforced}, {string.Join(",", actual.ReasonCodes)}";
    }

    /// <summary>Through the reader of rule files, as JSON is YAML.</summary>
    private static McpTrustSection Section(JsonElement policy)
    {
        var fields = JsonNode.Parse(policy.GetRawText())!.AsObject();
        fields["snapshot"] ??= "snapshot.json";
        Assert.True(RulePolicyReader.Read(new SourceFile("trust.yaml", $"mcp_trust: {fields.ToJsonString()}\n")).TryGet(out var read));
        return read.McpTrust!;
    }
}
