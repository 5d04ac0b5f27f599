using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// Governance beside the samples': an agent whose bearer opens tools, one that may do nothing, a second tenant, and connectors to odd
/// places.
/// </summary>
internal static class AttackDocuments
{
    public static readonly Id<Tenant> Rival = Id<Tenant>.Parse("rival");

    public static string For(Uri provider) =>
        $$"""
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: handy}
            spec:
              workspace: main
              owners: {human: Ada Sample, security: Ben Sample}
              purpose: Calls tools with a bearer key.
              status: active
              level: L3
              risk: low
              bearerTools: true
            ---
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: fickle}
            spec:
              workspace: main
              owners: {human: Ada Sample, security: Ben Sample}
              purpose: Is suspended and comes back.
              status: active
              level: L3
              risk: low
              bearerTools: true
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: fickle-crm}
            spec: {agent: fickle, connector: crm, operations: [list-contacts], auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: DataFlow
            metadata: {tenant: demo, name: fickle-crm}
            spec: {agent: fickle, connector: crm, dataClasses: [pii]}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: handy-crm}
            spec: {agent: handy, connector: crm, operations: [list-contacts, get-contact, create-note], auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: handy-openai}
            spec: {agent: handy, connector: openai, operations: "*", auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: DataFlow
            metadata: {tenant: demo, name: handy-crm}
            spec: {agent: handy, connector: crm, dataClasses: [pii]}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: odd}
            spec:
              type: http
              baseAddress: {{provider.GetLeftPart(UriPartial.Authority)}}/crm
              scope: internal
              environment: development
              credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
              operations:
            {{Reads("redirect", "leak", "headers", "gzip")}}
            ---
            {{Permission("odd")}}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: books}
            spec:
              type: http
              baseAddress: {{provider.GetLeftPart(UriPartial.Authority)}}/crm
              scope: internal
              environment: development
              credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
              operations:
                - {name: get, action: read, risk: low, methods: [GET], path: "/contacts/{id}"}
                - {name: export, action: read, risk: low, methods: [GET], path: /contacts/export}
                - {name: find, action: read, risk: low, methods: [GET], path: /contacts, repeated: [tag]}
                - {name: note, action: write, risk: low, reversible: true, methods: [POST], path: "/contacts/{id}/notes"}
                - name: pay
                  action: write
                  risk: low
                  reversible: true
                  methods: [POST]
                  path: /refunds
                  transaction: {amount: /price_cents, max: 100, decimals: 0}
                - name: fill
                  action: write
                  risk: low
                  reversible: true
                  methods: [POST]
                  path: /exports
                  requestTypes: [application/json, application/x-www-form-urlencoded]
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: handy-books}
            spec: {agent: handy, connector: books, operations: [get, find, note, pay, fill], auditLogging: true}
            ---
            apiVersion: gateway/v1
            kind: Policy
            metadata: {tenant: demo, name: books}
            spec:
              rules:
                - name: no-secrets
                  effect: block
                  match: {tool_names: [books/note]}
                  when: args.?text.orValue('') == 'secret'
                - name: nothing-but-ones-own
                  effect: block
                  match: {tool_names: [books/find]}
                  when: "'all' in query.?scope.orValue([])"
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: rebound}
            spec:
              type: http
              baseAddress: http://localhost:{{provider.Port}}/crm
              scope: external
              environment: development
              operations:
            {{Reads("contacts")}}
            ---
            {{Permission("rebound")}}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: gone}
            spec:
              type: http
              baseAddress: http://127.0.0.1:1/crm
              scope: internal
              environment: development
              credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
              operations:
            {{Reads("contacts")}}
            ---
            {{Permission("gone")}}
            ---
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: rival}
            spec: {entitlements: [wide_egress]}
            ---
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: rival, name: main}
            spec: {environment: development}
            ---
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: rival, name: assistant}
            spec:
              workspace: main
              owners: {human: Cleo Rival, security: Dan Rival}
              purpose: Does for another tenant what the assistant does.
              status: active
              level: L3
              risk: low
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: rival, name: crm}
            spec:
              type: http
              baseAddress: {{provider.GetLeftPart(UriPartial.Authority)}}/crm
              scope: internal
              environment: development
              credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
              operations:
            {{Reads("contacts")}}
            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: rival, name: assistant-crm}
            spec: {agent: assistant, connector: crm, operations: "*", auditLogging: true}
            """;

    /// <summary>One low-risk read operation a path.</summary>
    private static string Reads(params string[] paths) =>
        string.Join(
            '\n',
            paths.Select(path =>
                $$"""    - {name: {{path}}, action: read, risk: low, dataClasses: [internal], methods: [GET], path: /{{path}}, safeToRepeat: true, reversible: true}"""
            )
        );

    private static string Permission(string connector) =>
        $$"""
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: assistant-{{connector}}}
            spec: {agent: assistant, connector: {{connector}}, operations: "*", auditLogging: true}
            """;
}
