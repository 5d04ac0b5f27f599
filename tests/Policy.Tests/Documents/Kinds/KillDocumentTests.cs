using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

/// <summary>What a Kill document stops, and that one which would stop nothing is an error.</summary>
public sealed class KillDocumentTests
{
    private const string Others = """
        apiVersion: gateway/v1
        kind: Tenant
        metadata: {name: demo}
        spec: {entitlements: [wide_egress]}
        ---
        apiVersion: gateway/v1
        kind: Workspace
        metadata: {tenant: demo, name: main}
        spec: {environment: development}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: assistant}
        spec: {workspace: main, status: active, risk: low}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: crm}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081
          scope: internal
          environment: development
          operations:
            - {name: export, action: read, risk: low, methods: [GET], path: /export}
        """;

    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    [Theory]
    [InlineData("{scope: agent, agent: assistant}", KillScope.Agent, "assistant", false)]
    [InlineData("{scope: connector, connector: crm, graceful: true}", KillScope.Connector, "crm", true)]
    [InlineData("{scope: operation, connector: crm, operation: export}", KillScope.Operation, "crm/export", false)]
    [InlineData("{scope: tenant, reason: INC-42}", KillScope.Tenant, "", false)]
    public void Document_StopsWhatItNames(string spec, KillScope scope, string target, bool graceful)
    {
        var kill = Assert.Single(Governance.Compiled(Others, Document(spec)).Find(Demo)!.Kills.All);

        Assert.Equal(("it", scope, target, graceful), (kill.Id, kill.Scope, kill.Target, kill.IsGraceful));
    }

    [Theory]
    [InlineData("{}", "spec.scope")]
    [InlineData("{scope: everything}", "spec.scope")]
    [InlineData("{scope: all}", "spec.scope")]
    [InlineData("{scope: agent}", "spec.agent")]
    [InlineData("{scope: agent, agent: asistant}", "spec.agent")]
    [InlineData("{scope: connector, connector: crn}", "spec.connector")]
    [InlineData("{scope: operation, connector: crm, operation: exporrt}", "spec.operation")]
    [InlineData("{scope: operation, operation: export}", "spec.connector")]
    [InlineData("{scope: tenant, agent: assistant}", "spec.agent")]
    [InlineData("{scope: agent, agent: assistant, operation: export}", "spec.operation")]
    public void DocumentThatWouldNotStopWhatItSays_IsAnError(string spec, string field) =>
        Assert.Equal(field, Governance.Error(Governance.Compile(Others, Document(spec))).Field);

    [Fact]
    public void GovernanceWithoutOne_StopsNothing() => Assert.Empty(Governance.Compiled(Others).Find(Demo)!.Kills.All);

    private static string Document(string spec) =>
        $"apiVersion: gateway/v1\nkind: Kill\nmetadata: {{tenant: demo, name: it}}\nspec: {spec}\n";
}
