using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Compilation;

public sealed class ImpliedGrantsTests
{
    private const string Connector = """
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: files}
        spec:
          type: mcp
          baseAddress: https://x.example/mcp
          environment: development
          operations:
            - {name: search, tool: search, action: read, risk: low, sends: identifiers, dataClasses: [public]}
            - {name: remove, tool: remove, action: delete, risk: high}
        """;

    private const string Others = """
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: demo, name: main}
        spec: {environment: development}
        ---
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: demo}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: intern}
        spec: {workspace: main, owners: {human: Ada, security: Ben}, status: active, level: L1, risk: low, capabilities: {operations: [files/search]}}
        """;

    [Theory]
    [InlineData("operations: [search]")]
    [InlineData("operations: '*'")]
    [InlineData("operations: '*', humanApproval: true, dryRun: true, transaction: {amount: /a, max: 1}")]
    public void AnyPermission_GrantsTheBuiltInOperationsWithoutItsOtherTerms(string fields)
    {
        var snapshot = Compiled(Permission("one", fields + ", auditLogging: true"));

        foreach (var name in (string[])["mcp.session", "mcp.list"])
        {
            var granted = PermissionOf(snapshot, name)!;
            Assert.True(granted.AuditLogging);
            Assert.False(granted.HumanApproval || granted.DryRun);
            Assert.Null(granted.Transaction);
            Assert.Equal([name], granted.Operations.Select(o => o.ToString()));
            Assert.Equal(Verdict.Allow, Evaluator.Evaluate(snapshot, Intent(name), default).Verdict);
        }
    }

    [Fact]
    public void NoPermission_GrantsNone()
    {
        var snapshot = Compiled();

        Assert.Null(PermissionOf(snapshot, "mcp.list"));
        Assert.Equal([ReasonCode.ToolNotPermitted], Evaluator.Evaluate(snapshot, Intent("mcp.list"), default).Reasons);
    }

    [Fact]
    public void BuiltInOperation_ThatAPermissionNames_HasItsTerms()
    {
        var snapshot = Compiled(
            Permission("one", "operations: [search], auditLogging: true"),
            Permission("two", "operations: [mcp.list], humanApproval: true, auditLogging: true")
        );

        Assert.Equal("two", PermissionOf(snapshot, "mcp.list")!.Name);
        Assert.True(PermissionOf(snapshot, "mcp.list")!.HumanApproval);
        Assert.Equal("one", PermissionOf(snapshot, "mcp.session")!.Name);
    }

    [Fact]
    public void SeveralPermissions_GrantTheSameInAnyOrderOfFiles()
    {
        var (a, b) = (
            Permission("a", "operations: [search], auditLogging: false, hours: {timezone: UTC, days: [mon], from: '08:00', to: '09:00'}"),
            Permission("b", "operations: [remove], auditLogging: true")
        );

        var (one, other) = (PermissionOf(Compiled(a, b), "mcp.session")!, PermissionOf(Compiled(b, a), "mcp.session")!);
        Assert.Equal(("a", true), (one.Name, one.AuditLogging));
        Assert.Equal(("a", true), (other.Name, other.AuditLogging));
        Assert.Null(one.Hours);
        Assert.NotNull(PermissionOf(Compiled(a), "mcp.session")!.Hours);
    }

    [Fact]
    public void Capabilities_OfAnotherConnector_DontHaveTheBuiltInOperations()
    {
        var manifest = new CapabilityManifest(
            System.Collections.Frozen.FrozenSet.Create((Id<Connector>.Parse("other"), Id<Operation>.Parse("search")))
        );
        var session = Compiled().Find(Tenant)!.Connectors[Files].Mcp!.Session;

        Assert.False(manifest.Has(Files, session));
        Assert.True(manifest.Has(Id<Connector>.Parse("other"), session));
    }

    private static readonly Id<Tenant> Tenant = Id<Tenant>.Parse("demo");
    private static readonly Id<Connector> Files = Id<Connector>.Parse("files");
    private static readonly Id<Agent> Intern = Id<Agent>.Parse("intern");

    private static Snapshot Compiled(params string[] permissions) => Governance.Compiled([Connector, Others, .. permissions]);

    private static ToolPermission? PermissionOf(Snapshot snapshot, string operation) =>
        snapshot.Find(Tenant)!.Agents[Intern].Permissions.GetValueOrDefault((Files, Id<Operation>.Parse(operation)));

    private static string Permission(string name, string fields) =>
        $$"""
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {tenant: demo, name: {{name}}}
            spec: {agent: intern, connector: files, {{fields}}}
            """;

    private static Intent Intent(string operation) =>
        new()
        {
            Tenant = Tenant,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Intern,
            Strength = AuthStrength.Signed,
            Door = Door.Mcp,
            Connector = Files,
            Operation = Id<Operation>.Parse(operation),
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget("POST", "https://x.example", "/mcp", default, default),
        };
}
