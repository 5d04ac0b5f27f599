using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;

namespace Gateway.Authoring.Tests;

/// <summary>One MCP server, and an agent that may search it.</summary>
internal static class McpGovernance
{
    public const string Pin = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <param name="operations">In flow style, behind the one that searches.</param>
    /// <param name="more">Further documents.</param>
    public static Snapshot Compile(string operations = "", string more = "")
    {
        var text = $$"""
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: demo}
            ---
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: demo, name: main}
            spec: {environment: development}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: files}
            spec:
              type: mcp
              baseAddress: https://x.example/mcp
              environment: development
              operations:
                - {name: search, tool: Search, pin: {{Pin}}, action: read, risk: low, sends: identifiers, dataClasses: [public]}
                - {name: docs, resource: 'test://docs/**', risk: low, dataClasses: [public]}
                {{operations}}
            ---
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: helper}
            spec: {workspace: main, owners: {human: Ada, security: Ben}, status: active, level: L2, risk: low}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: helper-files}
            spec: {agent: helper, connector: files, operations: [search, docs], auditLogging: true}
            {{more}}
            """;
        var result = SnapshotCompiler.Compile([new SourceFile("it.yaml", text)]);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }
}
