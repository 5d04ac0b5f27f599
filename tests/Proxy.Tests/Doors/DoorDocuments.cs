namespace Gateway.Proxy.Tests.Doors;

/// <summary>The governance of the tests of doors: agents and connectors with one thing special about each.</summary>
internal static class DoorDocuments
{
    /// <param name="scripted">Where the scripted upstream is.</param>
    public static string All(Uri scripted) => string.Join("\n---\n", [.. Agents(), .. Models(scripted), .. Tools(scripted)]);

    public static string Agent(string name, string more = "") =>
        $$"""
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: {{name}}}
            spec:
              workspace: main
              owners: {human: Ada Sample, security: Ben Sample}
              status: active
              level: L2
              risk: low
            {{more}}
            """;

    public static string Permission(string agent, string connector, string more = "", string operations = "\"*\"") =>
        $$"""
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: {{agent}}-{{connector}}}
            spec:
              agent: {{agent}}
              connector: {{connector}}
              operations: {{operations}}
              auditLogging: true
            {{more}}
            """;

    /// <summary>A provider in OpenAI's dialect: the stand-in, unless said otherwise.</summary>
    public static string Model(string name, string more = "", string address = "http://127.0.0.1:8081/v1", string type = "openai") =>
        $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: {{name}}}
            spec:
              type: {{type}}
              baseAddress: {{address}}
              scope: external
              environment: development
              risk: low
              credential:
                reference: vault://local/openai#key
                placement: bearer
              models: [{match: {{name}}-*, names: [{{name}}-1], maxTokens: 1000}]
            {{more}}
            """;

    private static IEnumerable<string> Agents() =>
        [
            Agent("prober", "  bearerTools: true"),
            Agent("blocked"),
            Agent("doomed"),
            Agent("capped"),
            Agent("trial", "  bearerTools: true"),
            Permission("doomed", "openai"),
            Permission("doomed", "anthropic"),
            Permission("capped", "openai", "  maxTokens: 5"),
            Permission("capped", "anthropic", "  maxTokens: 5"),
            Permission("trial", "openai", "  dryRun: true"),
            Permission("trial", "anthropic", "  dryRun: true"),
            Permission("trial", "odd", "  dryRun: true"),
            .. new[]
            {
                "openai",
                "anthropic",
                "small",
                "hasty",
                "short",
                "scripted",
                "scripted-claude",
                "odd",
                "oddities",
                "echoing",
            }.Select(c => Permission("prober", c)),
        ];

    private static IEnumerable<string> Models(Uri scripted) =>
        [
            Model("small", "  responseBytes: 4KiB"),
            Model("hasty", "  timeouts: {idle: 1s}"),
            Model("short", "  timeouts: {total: 1s}"),
            Model("scripted", address: $"{scripted}v1"),
            Model("scripted-claude", address: $"{scripted}anthropic/v1", type: "anthropic"),
        ];

    private static IEnumerable<string> Tools(Uri scripted) =>
        [
            $$"""
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: odd}
                spec:
                  type: http
                  baseAddress: {{scripted}}base
                  scope: internal
                  environment: development
                  timeouts: {idle: 1s}
                  operations:
                    - {name: get, action: read, risk: low, methods: [GET, HEAD], path: "/{**rest}", safeToRepeat: true, responseBytes: 1KiB, requestHeaders: [accept, x-wanted], responseHeaders: [x-wanted, retry-after]}
                    - {name: post, action: write, risk: low, methods: [POST, PUT, DELETE], path: "/{**rest}", reversible: true, requestBytes: 1KiB}
                """,
            $$"""
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: echoing}
                spec:
                  type: http
                  baseAddress: {{scripted}}base
                  scope: internal
                  environment: development
                  credential: {reference: "vault://local/openai#key", placement: bearer}
                  operations:
                    - {name: get, action: read, risk: low, methods: [GET], path: "/{**rest}", responseBytes: 64KiB}
                """,
            """
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: oddities}
                spec:
                  type: http
                  baseAddress: http://127.0.0.1:8081/crm
                  scope: internal
                  environment: development
                  timeouts: {idle: 1s}
                  credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
                  operations:
                    - {name: get, action: read, risk: low, methods: [GET, HEAD], path: "/{**rest}", safeToRepeat: true, responseBytes: 64KiB}
                """,
        ];
}
