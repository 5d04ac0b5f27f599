using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

/// <summary>The kinds that are little more than their fields.</summary>
public sealed class SmallDocumentTests
{
    /// <summary>Kind, spec, field, part of the problem.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "Workspace", "{}", "spec.environment", "missing" },
        { "Agent", "{workspace: main, status: active}", "spec.risk", "missing" },
        { "Agent", "{workspace: main, risk: low}", "spec.status", "missing" },
        { "Agent", "{workspace: main, status: active, risk: low, level: L5}", "spec.level", "not 'L5'" },
        { "Agent", "{workspace: main, status: active, risk: low, concurrency: 10001}", "spec.concurrency", "from 1 to 10000" },
        { "Agent", "{workspace: main, status: active, risk: low, bearerTools: yes}", "spec.bearerTools", "not 'yes'" },
        { "Agent", "{workspace: main, status: active, risk: low, owners: {human: '  '}}", "spec.owners.human", "text of 1 to 200" },
        { "Agent", "{workspace: nowhere, status: active, risk: low}", "spec.workspace", "no Workspace 'nowhere'" },
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
        { "ApprovalGate", "{active: true, approverGroups: [a], connectors: [nowhere]}", "spec.connectors[0]", "no Connector 'nowhere'" },
        { "ApprovalGate", "{active: true, approverGroups: [a], operations: [nothing]}", "spec.operations[0]", "no operation 'nothing'" },
        { "DataFlow", "{agent: agent, connector: web, dataClasses: []}", "spec.dataClasses", "0 items" },
        { "DataFlow", "{agent: agent, connector: web, dataClasses: [secret]}", "spec.dataClasses[0]", "not 'secret'" },
        { "Playbook", "{agent: agent, scenario: fire}", "spec.scenario", "not 'fire'" },
        { "Playbook", "{agent: agent, scenario: rogue_agent, testedOn: 2030-02-30}", "spec.testedOn", "a date" },
        { "RedTeamTest", "{agent: agent, on: 2030-01-01}", "spec.passed", "missing" },
        { "RedTeamTest", "{agent: agent, passed: true}", "spec.on", "missing" },
        { "Finding", "{agent: agent, tier: low}", "spec.open", "missing" },
        { "Risk", "{agent: agent, open: true}", "spec.tier", "missing" },
        { "Risk", "{agent: nobody, tier: low, open: true}", "spec.agent", "no Agent 'nobody'" },
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
            "kind: Tenant\nmetadata: {tenant: demo, name: demo, labels: {a: b}}\nspec: {rate: {requests: 5, period: 1m, burst: 2}, modelTokens: {tokens: 9, window: 1h}}",
            "kind: ApprovalGate\nmetadata: {tenant: demo, name: g}\nspec: {active: true, always: true, actions: [code], connectors: [web], operations: [act], targetSystems: [w], "
                + "dataClasses: [pii, top_secret], environments: [test], approverGroups: [a, b], quorum: 2, timeToDecide: 2h, timeToUse: 5m}",
            "kind: ToolPermission\nmetadata: {tenant: demo, name: p}\nspec: {agent: agent, connector: web, operations: '*', auditLogging: true, humanApproval: true, dryRun: true}",
            "kind: DataFlow\nmetadata: {tenant: demo, name: f}\nspec: {agent: agent, connector: web, dataClasses: [pii]}",
            "kind: Playbook\nmetadata: {tenant: demo, name: b}\nspec: {agent: agent, scenario: rogue_agent, owner: Ben, testedOn: 2030-01-01}",
            "kind: RedTeamTest\nmetadata: {tenant: demo, name: t}\nspec: {agent: agent, passed: true, on: 2030-01-01}",
            "kind: Risk\nmetadata: {tenant: demo, name: r}\nspec: {agent: agent, tier: high, open: true}",
            "kind: Finding\nmetadata: {tenant: demo, name: closed}\nspec: {agent: agent, tier: high, open: false}");

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
        spec: {type: http, baseAddress: 'https://x.example', operations: [{name: act, action: write, risk: low, methods: [POST], path: /act}]}

        """;

    private static TenantSnapshot Compile(params string[] documents)
    {
        var result = SnapshotCompiler.Compile(
            [new SourceFile("rest.yaml", Rest), .. documents.Select((text, i) => new SourceFile($"{i}.yaml", "apiVersion: gateway/v1\n" + text))]);
        Assert.Empty(result.Errors);
        return result.Snapshot!.Find(Id<Tenant>.Parse("demo"))!;
    }
}
