using Gateway.Authoring.Comparison;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Comparison;

public sealed class McpDiffTests
{
    private const string Second = """
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: helper-more}
        spec: {agent: helper, connector: files, operations: [more], auditLogging: true}
        """;

    private const string More = "- {name: more, tool: more, action: read, risk: low, dataClasses: [public]}";

    [Fact]
    public void Between_APermissionAndNone_AsksThroughTheMcpDoorOnly()
    {
        var diff = SnapshotDiff.Between(McpGovernance.Compile(More), McpGovernance.Compile(More, Second), default);

        var change = Assert.Single(diff.Access, c => c.Probe.Intent.Strength == AuthStrength.Signed);
        Assert.Equal(
            ("loosened", "more", Door.Mcp),
            (change.Direction, change.Probe.Intent.Operation.ToString(), change.Probe.Intent.Door)
        );
        Assert.Equal(
            ("tools/call", "more", "/mcp"),
            (change.Probe.Intent.McpMethod, change.Probe.Intent.McpName, change.Probe.Intent.Target.PathAndQuery)
        );
        Assert.All(diff.Access, c => Assert.Equal(Door.Mcp, c.Probe.Intent.Door));
    }

    [Fact]
    public void Between_OtherPins_IsADocumentAndNoAccess()
    {
        var other = new string('a', 64);
        var diff = SnapshotDiff.Between(
            McpGovernance.Compile($"- {{name: more, tool: more, pin: {other}, action: read, risk: low}}"),
            McpGovernance.Compile($"- {{name: more, tool: more, pin: {McpGovernance.Pin}, action: read, risk: low}}"),
            default
        );

        Assert.Equal("files", Assert.Single(diff.Documents).Name);
        Assert.Empty(diff.Access);
    }
}
