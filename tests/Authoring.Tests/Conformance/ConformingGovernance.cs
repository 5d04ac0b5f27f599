using Gateway.Authoring.Conformance;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Conformance;

/// <summary>Documents and records of one agent that meet every requirement as far as Gateway can.</summary>
internal static class ConformingGovernance
{
    public static readonly DateOnly Day = new(2030, 1, 2);

    public const string Text = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: demo}
        spec:
          profile: house
          entitlements: [wide_egress]
        ---
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: demo, name: main}
        spec: {environment: production}
        ---
        apiVersion: gateway/v1
        kind: Profile
        metadata: {tenant: demo, name: house}
        spec: {base: gamut, dataDeclared: true, redTeamMaxDays: 365, playbookMaxDays: 365}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: worker}
        spec:
          workspace: main
          owners: {human: Ada Sample, security: Ben Sample}
          purpose: Answers customers.
          status: active
          level: L3
          risk: low
          rate: {requests: 60, period: 1m}
          concurrency: 8
          capabilities: {operations: [crm/list, crm/note, crm/refund]}
          hours: {timezone: UTC, from: "08:00", to: "18:00"}
          cumulative: {calls: 500, per: 1d}
          demote: {on: [open_findings], to: L1, count: 3}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: crm}
        spec:
          type: http
          baseAddress: https://crm.example.com
          scope: internal
          breaker: {failureRatio: 0.5}
          operations:
            - {name: list, action: read, risk: low, dataClasses: [pii], methods: [GET], path: /contacts, responseBytes: 1MiB}
            - {name: note, action: write, risk: low, methods: [POST], path: /notes, reversible: true, requestTypes: [application/json]}
            - name: refund
              action: financial
              risk: low
              methods: [POST]
              path: /refunds
              reversible: true
              transaction: {amount: /amount, max: 100}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: worker-crm}
        spec: {agent: worker, connector: crm, operations: [list, note, refund], auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: DataFlow
        metadata: {tenant: demo, name: worker-crm}
        spec: {agent: worker, connector: crm, dataClasses: [pii]}
        ---
        apiVersion: gateway/v1
        kind: Playbook
        metadata: {tenant: demo, name: injection}
        spec: {agent: worker, scenario: prompt_injection, owner: Ben Sample, testedOn: 2029-06-01}
        ---
        apiVersion: gateway/v1
        kind: Playbook
        metadata: {tenant: demo, name: unauthorised}
        spec: {agent: worker, scenario: unauthorised_action, owner: Ben Sample, testedOn: 2029-06-02}
        ---
        apiVersion: gateway/v1
        kind: Playbook
        metadata: {tenant: demo, name: rogue}
        spec: {agent: worker, scenario: rogue_agent, owner: Ben Sample, testedOn: 2029-06-03}
        ---
        apiVersion: gateway/v1
        kind: RedTeamTest
        metadata: {tenant: demo, name: suite}
        spec: {agent: worker, passed: true, on: 2029-06-04}
        ---
        apiVersion: gateway/v1
        kind: Policy
        metadata: {tenant: demo, name: rules}
        spec:
          rules:
            - {name: no-secrets, effect: block, match: {tool_names: [crm/note]}, reason_codes: [secret_in_text]}
        ---
        apiVersion: gateway/v1
        kind: Trigger
        metadata: {tenant: demo, name: probing}
        spec: {on: refusals, count: 20, window: 5m, then: suspend, mode: enforce}

        """;

    /// <summary>Of one action, as the journal has it.</summary>
    public static Intent Action(string agent = "worker", string? session = "run-1", AuthStrength strength = AuthStrength.Signed) =>
        new()
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse(agent),
            Strength = strength,
            Door = Door.Tool,
            Connector = Id<Connector>.Parse("crm"),
            Operation = Id<Operation>.Parse("note"),
            Session = session,
            Target = new IntentTarget("POST", "https://crm.example.com", "/notes", default, Sha256Digest.Compute([])),
        };

    /// <summary>A journal of these actions; of one as it should be where there are none.</summary>
    public static AtfRecords Records(params Intent[] actions)
    {
        var records = new AtfRecords();
        foreach (var (index, action) in actions.DefaultIfEmpty(Action()).Index())
        {
            records.Add(action, $"log.{index}");
        }

        return records;
    }

    public static Snapshot Compile(string text)
    {
        var result = SnapshotCompiler.Compile([new SourceFile("one.yaml", text)]);
        Assert.Empty(result.Errors);
        return result.Value!;
    }

    /// <summary>The only agent's rows.</summary>
    public static AtfAgent Check(string text, AtfRecords? records) => Assert.Single(AtfReport.Create(Compile(text), records, Day).Agents);

    public static AtfAgent Check() => Check(Text, Records());
}
