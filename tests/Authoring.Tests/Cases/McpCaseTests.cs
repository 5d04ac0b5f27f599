using Gateway.Authoring.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Cases;

public sealed class McpCaseTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private const string Rules = """
        ---
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: hours}
        spec:
          rules:
            - {name: root, effect: block, match: {tool_names: [files/search]}, when: "intent.mcp_method == 'tools/call' && args.path == '/'",
               reason_codes: [root]}
            - {name: lists, effect: block, match: {tool_names: [files/mcp.list]}, when: "intent.door == 'mcp' && has(args.cursor)",
               reason_codes: [lists]}
        """;

    [Fact]
    public void ACase_TakesWhatItLeavesOutFromTheOperation()
    {
        var intent = Read("{agent: helper, connector: files, operation: search}", "allow");

        Assert.Equal((Door.Mcp, "tools/call", "Search"), (intent.Door, intent.McpMethod, intent.McpName));
        Assert.Equal(McpGovernance.Pin, intent.Definition.ToString());
        Assert.Equal(("POST", "https://x.example", "/mcp"), (intent.Target.Method, intent.Target.Authority, intent.Target.PathAndQuery));
    }

    [Fact]
    public void ACase_SaysWhichResourceOfMany()
    {
        Assert.Null(Read("{agent: helper, connector: files, operation: docs}", "allow").McpName);
        Assert.Equal(
            "test://docs/a?b",
            Read("{agent: helper, connector: files, operation: docs, mcpName: 'test://docs/a?b'}", "allow").McpName
        );
    }

    [Theory]
    [InlineData("{agent: helper, connector: files, operation: search, args: {path: /a}}", Verdict.Allow)]
    [InlineData("{agent: helper, connector: files, operation: search, args: {path: /}}", Verdict.Block)]
    [InlineData("{agent: helper, connector: files, operation: search, mcpMethod: other, args: {path: /}}", Verdict.Allow)]
    [InlineData("{agent: helper, connector: files, operation: mcp.list}", Verdict.Allow)]
    [InlineData("{agent: helper, connector: files, operation: mcp.list, args: {cursor: x}}", Verdict.Block)]
    [InlineData("{agent: helper, connector: files, operation: mcp.session}", Verdict.Allow)]
    public void Rules_NameTheOperationsOfAnMcpConnectorAsAnyOther(string intent, Verdict verdict)
    {
        var decision = Evaluator.Evaluate(McpGovernance.Compile(more: Rules), Read(intent, "allow"), new Facts(null, Now));

        Assert.Equal(verdict, decision.Verdict);
    }

    private static Intent Read(string intent, string verdict)
    {
        var text = $"name: it\nintent: {intent}\nwant: {{verdict: {verdict}}}\n";
        var read = PolicyCaseReader.Read([new SourceFile("cases.yaml", text)], McpGovernance.Compile(more: Rules), Now);
        Assert.Empty(read.Errors);
        return Assert.Single(Assert.Single(read.Items).Intents).Intent;
    }
}
