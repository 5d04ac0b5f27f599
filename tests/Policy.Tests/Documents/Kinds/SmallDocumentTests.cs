using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

/// <summary>The kinds that are little more than their fields.</summary>
public sealed class SmallDocumentTests
{
    /// <summary>Kind, spec, field, part of the problem.</summary>
    public static TheoryData<string, string, string, string> Faults =>
        new()
        {
            { "Workspace", "{}", "spec.environment", "missing" },
            { "Agent", "{workspace: main, status: active}", "spec.risk", "missing" },
            { "Agent", "{workspace: main, risk: low}", "spec.status", "missing" },
            { "Agent", "{workspace: main, status: active, risk: low, level: L5}", "spec.level", "not 'L5'" },
            { "Agent", "{workspace: main, status: active, risk: low, concurrency: 10001}", "spec.concurrency", "from 1 to 10000" },
            { "Agent", "{workspace: main, status: active, risk: low, bearerTools: yes}", "spec.bearerTools", "not 'yes'" },
            { "Agent", "{workspace: main, status: active, risk: low, owners: {human: '  '}}", "spec.owners.human", "text of 1 to 200" },
            { "Agent", "{workspace: nowhere, status: active, risk: low}", "spec.workspace", "no Workspace 'nowhere'" },
            { "Agent", "{workspace: main, status: active, risk: low, capabilities: {}}", "spec.capabilities.operations", "missing" },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, capabilities: {operations: [web]}}",
                "spec.capabilities.operations[0]",
                "divided by '/'"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, capabilities: {operations: [web/act, web/actt]}}",
                "spec.capabilities.operations[1]",
                "no operation 'actt'"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, capabilities: {operations: [wbe/act]}}",
                "spec.capabilities.operations[0]",
                "no Connector 'wbe'"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, capabilities: {operations: [web/act], "
                    + "digest: 0000000000000000000000000000000000000000000000000000000000000000}}",
                "spec.capabilities.digest",
                "changed after the approval"
            },
            { "Agent", "{workspace: main, status: active, risk: low, purposes: [No]}", "spec.purposes[0]", "a name of 1 to" },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: Mars/Olympus, from: \"08:00\", to: \"18:00\"}}",
                "spec.hours.timezone",
                "a time zone"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: ../../etc/passwd, from: \"08:00\", to: \"18:00\"}}",
                "spec.hours.timezone",
                "a time zone"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: UTC, from: \"08:60\", to: \"18:00\"}}",
                "spec.hours.from",
                "a time of day"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: UTC, from: \"08:00\", to: \"24:01\"}}",
                "spec.hours.to",
                "a time of day"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: UTC, from: \"08:00\", to: \"08:00\"}}",
                "spec.hours.to",
                "same as 'from'"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, hours: {timezone: UTC, days: [], from: \"08:00\", to: \"18:00\"}}",
                "spec.hours.days",
                "0 items"
            },
            { "Agent", "{workspace: main, status: active, risk: low, cumulative: {per: 1d}}", "spec.cumulative", "limits nothing" },
            { "Agent", "{workspace: main, status: active, risk: low, cumulative: {calls: 1}}", "spec.cumulative.per", "missing" },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, cumulative: {calls: 1, currency: EUR, per: 1d}}",
                "spec.cumulative.currency",
                "no amount"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, children: {depth: 9, fanOut: 1}}",
                "spec.children.depth",
                "from 0 to 8"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, demote: {on: [blocked_actions], to: L1}}",
                "spec.demote.on[0]",
                "not 'blocked_actions'"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, promotions: [{to: L1, on: 2030-01-01, signedBy: [a]}]}",
                "spec.promotions[0].to",
                "begins at L1"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, promotions: [{to: L2, on: 2030-01-01, signedBy: [Ada  Sample, ada sample]}]}",
                "spec.promotions[0].signedBy",
                "twice"
            },
            {
                "Agent",
                "{workspace: main, status: active, risk: low, promotions: [{to: L2, on: 2030-01-01, signedBy: []}]}",
                "spec.promotions[0].signedBy",
                "0 items"
            },
            {
                "ToolPermission",
                "{agent: agent, connector: web, operations: '*', transaction: {amount: amount, max: 1}}",
                "spec.transaction.amount",
                "a JSON pointer"
            },
            {
                "ToolPermission",
                "{agent: agent, connector: web, operations: '*', transaction: {amount: /a, max: 1.234}}",
                "spec.transaction.max",
                "at most 2 digits"
            },
            {
                "ToolPermission",
                "{agent: agent, connector: web, operations: '*', transaction: {amount: /a, max: -1}}",
                "spec.transaction.max",
                "an amount"
            },
            {
                "ToolPermission",
                "{agent: agent, connector: web, operations: '*', transaction: {amount: /a, max: 1e3}}",
                "spec.transaction.max",
                "an amount"
            },
            {
                "ToolPermission",
                "{agent: agent, connector: web, operations: '*', transaction: {amount: /a, max: 1, currency: EUR}}",
                "spec.transaction.currency",
                "three-letter code"
            },
            { "ToolPermission", "{agent: agent, connector: web, operations: []}", "spec.operations", "0 items" },
            { "ToolPermission", "{agent: agent, connector: web}", "spec.operations", "missing" },
            { "ToolPermission", "{agent: agent, connector: web, operations: [actt]}", "spec.operations[0]", "no operation 'actt'" },
            { "ToolPermission", "{agent: agnet, connector: web, operations: [act]}", "spec.agent", "no Agent 'agnet'" },
            { "ToolPermission", "{agent: agent, connector: wbe, operations: [act]}", "spec.connector", "no Connector 'wbe'" },
            { "ToolPermission", "{agent: agent, connector: web, operations: [act], maxTokens: 5}", "spec.maxTokens", "serves no models" },
            { "ToolPermission", "{agent: agent, connector: web, operations: ['*']}", "spec.operations[0]", "Expected a name" },
            { "ApprovalGate", "{approverGroups: [a]}", "spec.active", "missing" },
            { "ApprovalGate", "{active: true}", "spec.approverGroups", "missing" },
            { "ApprovalGate", "{active: true, approverGroups: []}", "spec.approverGroups", "0 items" },
            { "ApprovalGate", "{active: true, approverGroups: [a], quorum: 11}", "spec.quorum", "from 1 to 10" },
            { "ApprovalGate", "{active: true, approverGroups: [a], timeToDecide: 8d}", "spec.timeToDecide", "from 1m to 7d" },
            {
                "ApprovalGate",
                "{active: true, approverGroups: [a], connectors: [nowhere]}",
                "spec.connectors[0]",
                "no Connector 'nowhere'"
            },
            {
                "ApprovalGate",
                "{active: true, approverGroups: [a], operations: [nothing]}",
                "spec.operations[0]",
                "no operation 'nothing'"
            },
            { "DataFlow", "{agent: agent, connector: web, dataClasses: []}", "spec.dataClasses", "0 items" },
            { "DataFlow", "{agent: agent, connector: web, dataClasses: [secret]}", "spec.dataClasses[0]", "not 'secret'" },
            { "Playbook", "{agent: agent, scenario: fire}", "spec.scenario", "not 'fire'" },
            { "Playbook", "{agent: agent, scenario: rogue_agent, testedOn: 2030-02-30}", "spec.testedOn", "a date" },
            { "RedTeamTest", "{agent: agent, on: 2030-01-01}", "spec.passed", "missing" },
            { "RedTeamTest", "{agent: agent, passed: true}", "spec.on", "missing" },
            { "Finding", "{agent: agent, tier: low}", "spec.open", "missing" },
            { "Risk", "{agent: agent, open: true}", "spec.tier", "missing" },
            { "Risk", "{agent: nobody, tier: low, open: true}", "spec.agent", "no Agent 'nobody'" },
            { "Trigger", "{then: suspend, count: 1, window: 1m}", "spec.on", "missing" },
            { "Trigger", "{on: refusals, count: 1, window: 1m}", "spec.then", "missing" },
            { "Trigger", "{on: refusals, then: suspend, window: 1m}", "spec.count", "missing" },
            { "Trigger", "{on: refusals, then: suspend, count: 1}", "spec.window", "missing" },
            { "Trigger", "{on: refusal, then: suspend, count: 1, window: 1m}", "spec.on", "not 'refusal'" },
            { "Trigger", "{on: refusals, then: suspend, count: 1001, window: 1m}", "spec.count", "from 1 to 1000" },
            { "Trigger", "{on: refusals, then: suspend, count: 1, window: 2d}", "spec.window", "from 1s to 1d" },
            { "Trigger", "{on: refusals, then: suspend, count: 1, window: 1m, mode: on}", "spec.mode", "not 'on'" },
            { "Trigger", "{on: refusals, then: demote, count: 1, window: 1m}", "spec.to", "missing" },
            { "Trigger", "{on: refusals, then: demote, to: L4, count: 1, window: 1m}", "spec.to", "highest level" },
            { "Trigger", "{on: refusals, then: suspend, to: L1, count: 1, window: 1m}", "spec.to", "suspended agent" },
            { "Trigger", "{on: refusals, then: suspend, count: 1, window: 1m, agents: [agnet]}", "spec.agents[0]", "no Agent 'agnet'" },
            { "Trigger", "{on: refusals, then: suspend, count: 1, window: 1m, reasons: [tired]}", "spec.reasons[0]", "not 'tired'" },
            {
                "Trigger",
                "{on: refusals, then: suspend, count: 1, window: 1m, reasons: [invalid_signature]}",
                "spec.reasons",
                "Nobody is proven"
            },
            { "Trigger", "{on: replays, then: suspend, count: 1, window: 1m, reasons: [policy_rule]}", "spec.reasons", "on: refusals" },
            { "Trigger", "{on: canary, then: suspend}", "spec.canaries", "missing" },
            { "Trigger", "{on: canary, then: suspend, canaries: [my-marker-in-plain]}", "spec.canaries[0]", "not this" },
            {
                "Trigger",
                "{on: replays, then: suspend, count: 1, window: 1m, canaries: "
                    + "[0000000000000000000000000000000000000000000000000000000000000000]}",
                "spec.canaries",
                "on: canary"
            },
            { "Trigger", "{on: baseline, then: suspend, count: 1, window: 1m}", "spec.baseline", "missing" },
            { "Trigger", "{on: baseline, then: suspend, count: 1, window: 1m, baseline: {of: []}}", "spec.baseline.of", "0 items" },
            {
                "Trigger",
                "{on: baseline, then: suspend, count: 1, window: 1m, baseline: {of: [hours], learn: 1m}}",
                "spec.baseline.learn",
                "from 1h to 30d"
            },
            {
                "Trigger",
                "{on: baseline, then: suspend, count: 1, window: 1m, baseline: {of: [hours], learn: 2h}}",
                "spec.baseline.learn",
                "not every hour"
            },
            { "Trigger", "{on: refusals, then: suspend, count: 1, window: 1m, baseline: {of: [hours]}}", "spec.baseline", "on: baseline" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_InADocument_IsReportedAtItsField(string kind, string spec, string field, string problem)
    {
        var text = $"apiVersion: gateway/v1\nkind: {kind}\nmetadata: {{tenant: demo, name: it}}\nspec: {spec}\n";

        var error = Governance.Error(Governance.Compile(text, World));

        Assert.Equal(field, error.Field);
        Assert.Equal("a.yaml", error.Position.File);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKind_WithAllItsFields_ReachesTheSnapshot()
    {
        var tenant = Compile(
            "kind: Tenant\nmetadata: {tenant: demo, name: demo, labels: {a: b}}\n"
                + "spec: {rate: {requests: 5, period: 1m, burst: 2}, modelTokens: {tokens: 9, window: 1h}}",
            "kind: ApprovalGate\nmetadata: {tenant: demo, name: g}\n"
                + "spec: {active: true, always: true, actions: [code], connectors: [web], operations: [act], targetSystems: [w], "
                + "dataClasses: [pii, top_secret], environments: [test], approverGroups: [a, b], quorum: 2, timeToDecide: 2h, "
                + "timeToUse: 5m}",
            "kind: ToolPermission\nmetadata: {tenant: demo, name: p}\n"
                + "spec: {agent: agent, connector: web, operations: '*', auditLogging: true, humanApproval: true, dryRun: true}",
            "kind: DataFlow\nmetadata: {tenant: demo, name: f}\nspec: {agent: agent, connector: web, dataClasses: [pii]}",
            "kind: Playbook\nmetadata: {tenant: demo, name: b}\n"
                + "spec: {agent: agent, scenario: rogue_agent, owner: Ben, testedOn: 2030-01-01}",
            "kind: RedTeamTest\nmetadata: {tenant: demo, name: t}\nspec: {agent: agent, passed: true, on: 2030-01-01}",
            "kind: Risk\nmetadata: {tenant: demo, name: r}\nspec: {agent: agent, tier: high, open: true}",
            "kind: Finding\nmetadata: {tenant: demo, name: closed}\nspec: {agent: agent, tier: high, open: false}",
            "kind: Trigger\nmetadata: {tenant: demo, name: t}\n"
                + "spec: {on: refusals, reasons: [policy_rule], count: 3, window: 2m, then: demote, to: L1, mode: enforce, "
                + "agents: [agent]}",
            "kind: Trigger\nmetadata: {tenant: demo, name: u}\n"
                + "spec: {on: baseline, count: 2, window: 1h, then: suspend, "
                + "baseline: {of: [hours, volumes], learn: 2d, calls: 10, factor: 3}}"
        );

        Assert.Equal(new RateLimit(5, TimeSpan.FromMinutes(1), 2), tenant.Tenant.Rate);
        Assert.Equal(new TokenBudget(9, TimeSpan.FromHours(1)), tenant.Tenant.ModelTokens);
        var gate = Assert.Single(tenant.Gates);
        Assert.Equal(DataClasses.Pii | DataClasses.TopSecret, gate.Data);
        Assert.Equal((2, TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)), (gate.Quorum, gate.TimeToDecide, gate.TimeToUse));
        Assert.True(gate.Active && gate.Always);
        var dossier = tenant.Agents[Id<Agent>.Parse("agent")];
        var permission = dossier.Permissions[(Id<Connector>.Parse("web"), Id<Operation>.Parse("act"))];
        Assert.True(permission.AuditLogging && permission.HumanApproval && permission.DryRun);
        Assert.Single(dossier.DataFlows);
        Assert.Equal(new DateOnly(2030, 1, 1), Assert.Single(dossier.Playbooks).TestedOn);
        Assert.True(Assert.Single(dossier.RedTeamTests).Passed);
        var (trigger, other) = (tenant.Triggers[0], tenant.Triggers[1]);
        Assert.Equal(
            (TriggerEvent.Refusals, 3, TimeSpan.FromMinutes(2), TriggerEffect.Demote, AtfLevel.L1, TriggerMode.Enforce),
            (trigger.On, trigger.Count, trigger.Window, trigger.Then, trigger.To, trigger.Mode)
        );
        Assert.Equal([ReasonCode.PolicyRule], trigger.Only);
        Assert.True(trigger.Watches(dossier.Agent.Id) && !trigger.Watches(Id<Agent>.Parse("another")));
        Assert.Equal(TriggerMode.Shadow, other.Mode);
        Assert.Equal(new BaselineTerms(BaselineParts.Hours | BaselineParts.Volumes, TimeSpan.FromDays(2), 10, 3), other.Baseline);
        Assert.True(Assert.Single(dossier.OpenFindings).IsRisk);
    }

    private static string World => string.Join("---\n", "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: demo}\n", Rest);

    private static string Rest =>
        """
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: demo, name: main}
            spec: {environment: test}
            ---
            apiVersion: gateway/v1
            kind: Agent
            metadata: {tenant: demo, name: agent}
            spec: {workspace: main, status: active, risk: low}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: web}
            spec:
              type: http
              baseAddress: 'https://x.example'
              operations: [{name: act, action: write, risk: low, methods: [POST], path: /act}]

            """;

    private static TenantSnapshot Compile(params string[] documents)
    {
        var result = SnapshotCompiler.Compile([
            new SourceFile("rest.yaml", Rest),
            .. documents.Select((text, i) => new SourceFile($"{i}.yaml", "apiVersion: gateway/v1\n" + text)),
        ]);
        Assert.Empty(result.Errors);
        return result.Value!.Find(Id<Tenant>.Parse("demo"))!;
    }
}
