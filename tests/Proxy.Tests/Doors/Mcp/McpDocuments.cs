using System.Globalization;
using System.Text;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>Governance for an MCP server: a connector with an operation for each of its things, and one agent that may use all.</summary>
internal static class McpDocuments
{
    public const string Agent = "mcp-client";

    /// <param name="more">Fields of the connector, indented by two.</param>
    public static string Connector(string name, Uri address, IEnumerable<string> tools, IEnumerable<string> prompts, string more = "")
    {
        var operations = new StringBuilder();
        foreach (var tool in tools)
        {
            operations.AppendLine(
                CultureInfo.InvariantCulture,
                $"    - {{name: {IdOf(tool)}, tool: {tool}, action: write, risk: low, reversible: true}}"
            );
        }

        foreach (var prompt in prompts)
        {
            operations.AppendLine(CultureInfo.InvariantCulture, $"    - {{name: {IdOf("p_" + prompt)}, prompt: {prompt}, risk: low}}");
        }

        return $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: {{name}}}
            spec:
              type: mcp
              baseAddress: {{address}}
              scope: internal
              environment: development
            {{more}}
              operations:
                - {name: resources, resource: "test://**", risk: low}
            {{operations}}
            """;
    }

    /// <summary>All that the fixture has and asks for.</summary>
    public static async Task<string> OfFixtureAsync(McpFixture fixture, string more = "", string name = "fixture") =>
        string.Join(
            "\n---\n",
            DoorDocuments.Agent(Agent, "  bearerTools: true\n  rate: none"),
            DoorDocuments.Permission(Agent, name),
            Connector(
                name,
                fixture.Address,
                [.. await fixture.NamesAsync("tools"), "kit_added", "kit_bad_header"],
                await fixture.NamesAsync("prompts"),
                "  serverRequests: [sampling, elicitation, roots]\n  extensions: [io.modelcontextprotocol/tasks]\n" + more
            )
        );

    private static string IdOf(string name) => name.ToLowerInvariant().Replace('-', '_');
}
