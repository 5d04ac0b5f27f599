using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Targets;

/// <summary>
/// The governance under load: every kind of limit and control is there and is counted, and none is reached. Rules redact model calls and
/// their answers, look into tool arguments, and block one model.
/// </summary>
internal static class LoadGovernance
{
    public const string Tenant = "load";
    public const string Workspace = "main";

    private const int RulesADocument = 1000;

    /// <param name="upstream">Where the connectors' systems are.</param>
    /// <param name="agents">Further agents with two permissions each, which do nothing.</param>
    /// <param name="rules">Further rules, spread over model names that nobody asks for.</param>
    public static IReadOnlyList<string> Documents(Uri upstream, int agents = 0, int rules = 0) =>
        [
            $$"""
                apiVersion: gateway/v1
                kind: Tenant
                metadata: {name: {{Tenant}}}
                spec:
                  rate: {requests: 1000000, period: 1s}
                  modelTokens: {tokens: 1000000000000, window: 1d}
                  entitlements: [wide_egress]
                """,
            $$"""
                apiVersion: gateway/v1
                kind: Workspace
                metadata: {tenant: {{Tenant}}, name: {{Workspace}}}
                spec: {environment: development}
                """,
            OpenAi(upstream),
            Crm(upstream),
            .. new[] { Scenario.Busy, Scenario.Streamer }.SelectMany(Granted),
            HouseRules,
            .. MoreRules(rules),
            .. Enumerable.Range(0, agents).SelectMany(i => Granted($"idle-{i}").Take(3)),
        ];

    private static string OpenAi(Uri upstream) =>
        $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: {{Tenant}}, name: openai}
            spec:
              type: openai
              baseAddress: {{upstream}}v1
              scope: external
              environment: development
              risk: low
              dataClasses: [internal]
              rate: {requests: 1000000, period: 1s}
              concurrency: 10000
              requestBytes: 16MiB
              credential: {reference: "vault://local/openai#key", placement: bearer}
              models: [{match: gpt-*, names: [gpt-4o-mini, gpt-blocked], maxTokens: 16384}]
            """;

    private static string Crm(Uri upstream) =>
        $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: {{Tenant}}, name: crm}
            spec:
              type: http
              baseAddress: {{upstream}}crm
              scope: internal
              environment: development
              rate: {requests: 1000000, period: 1s}
              concurrency: 10000
              credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
              operations:
                - {name: create-note, action: write, risk: low, methods: [POST], path: "/contacts/{id}/notes", reversible: true}
                - {name: log-call, action: write, risk: low, methods: [POST], path: "/contacts/{id}/calls", reversible: true}
                - {name: tag-contact, action: write, risk: low, methods: [PUT], path: "/contacts/{id}/tags", reversible: true}
            """;

    private static IEnumerable<string> Granted(string agent) =>
        [
            Agent(agent),
            $$"""
                apiVersion: gateway/v1
                kind: ToolPermission
                metadata: {tenant: {{Tenant}}, name: {{agent}}-openai}
                spec: {agent: {{agent}}, connector: openai, operations: "*", auditLogging: true}
                """,
            $$"""
                apiVersion: gateway/v1
                kind: ToolPermission
                metadata: {tenant: {{Tenant}}, name: {{agent}}-notes}
                spec: {agent: {{agent}}, connector: crm, operations: [create-note, log-call], auditLogging: true}
                """,
            $$"""
                apiVersion: gateway/v1
                kind: ToolPermission
                metadata: {tenant: {{Tenant}}, name: {{agent}}-tags}
                spec: {agent: {{agent}}, connector: crm, operations: [tag-contact], auditLogging: true, dryRun: true}
                """,
        ];

    private static string Agent(string name) =>
        $$"""
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: {{Tenant}}, name: {{name}}}
            spec:
              workspace: {{Workspace}}
              owners: {human: Ada Sample, security: Ben Sample}
              status: active
              level: L3
              risk: low
              rate: {requests: 1000000, period: 1s}
              concurrency: 10000
              modelTokens: {tokens: 1000000000000, window: 1d}
            """;

    private const string HouseRules = $$"""
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: {{Tenant}}, name: house-rules}
        spec:
          rules:
            - name: no-secrets-in-notes
              effect: block
              match: {tool_names: [crm/create-note]}
              when: args.?text.orValue('').matches('(?i)password|api.?key')
            - name: calls-in-detail
              effect: allow
              match: {tool_names: [crm/log-call]}
              when: args.?text.orValue('') != ''
              obligations: {log_detailed: true}
            - name: blocked-model
              effect: block
              when: intent.model == 'gpt-blocked'
            - name: redact-both-ways
              effect: degrade
              match: {tool_names: [openai/chat], identities: [busy]}
              obligations:
                redact_request: {patterns: [email, card, secret]}
                redact_response: {patterns: [email, card, secret]}
            - name: redact-requests
              effect: degrade
              match: {tool_names: [openai/chat], identities: [streamer]}
              obligations:
                redact_request: {patterns: [email, card, secret]}
        """;

    private static IEnumerable<string> MoreRules(int count) =>
        Enumerable
            .Range(0, count)
            .Chunk(RulesADocument)
            .Select(
                (rules, i) =>
                    $$"""
                        apiVersion: gateway/v1
                        kind: Policy
                        metadata: {tenant: {{Tenant}}, name: more-rules-{{i}}}
                        spec:
                          rules:
                        {{string.Concat(rules.Select(Rule))}}
                        """
            );

    /// <summary>Every fourth reads the action; the others match another tool.</summary>
    private static string Rule(int i) =>
        i % 4 == 0
            ? $"    - {{name: more-{i}, effect: block, match: {{tool_names: [openai/chat]}}, when: \"intent.model == 'gpt-{i}'\"}}\n"
            : $"    - {{name: more-{i}, effect: block, match: {{tool_names: [openai/embeddings]}}, when: \"intent.model == 'gpt-{i}'\"}}\n";
}
