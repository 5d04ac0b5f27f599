using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Compilation;

/// <summary>What goes without saying, and what doesn't.</summary>
public sealed class ImpliedDocumentsTests
{
    private const string Smallest = """
        apiVersion: gateway/v1
        kind: Agent
        metadata: {name: assistant}
        spec: {owners: {human: Ada, security: Ada}, status: active, level: L2, risk: low}
        ---
        apiVersion: gateway/v1
        kind: Connector
        metadata: {name: openai}
        spec: {type: openai, agents: [assistant], credential: {reference: "vault://local/openai#key"}}
        """;

    [Fact]
    public void Smallest_governance_has_a_tenant_a_workspace_and_the_permission()
    {
        var snapshot = Compile(Smallest).Value!;

        var tenant = snapshot.Find(Assert.Single(snapshot.Tenants))!;
        Assert.Equal("default", tenant.Tenant.Id.ToString());
        Assert.Equal("main", Assert.Single(tenant.Workspaces).Key.ToString());
        var connector = Assert.Single(tenant.Connectors).Value;
        Assert.Equal("https://api.openai.com/v1", connector.BaseAddress.ToString());
        Assert.Equal(new CredentialUse(connector.Credential!.Reference, CredentialPlacement.Scheme, "Bearer"), connector.Credential);
        Assert.Contains(connector.Models, offer => offer.Fits("gpt-5-mini") && offer.MaxTokens == 128_000);
        var permissions = Assert.Single(tenant.Agents).Value.Permissions;
        Assert.All(connector.Operations, operation => Assert.True(permissions.ContainsKey((connector.Id, operation.Id))));
        Assert.All(permissions.Values, permission => Assert.True(permission.AuditLogging));
    }

    [Fact]
    public void Anthropics_key_goes_where_its_clients_put_it()
    {
        var snapshot = Compile(Smallest.Replace("openai", "anthropic", StringComparison.Ordinal)).Value!;

        var credential = Assert.Single(snapshot.Find(Tenant.Default)!.Connectors).Value.Credential!;
        Assert.Equal((CredentialPlacement.Header, "x-api-key"), (credential.Placement, credential.Name));
    }

    [Fact]
    public void Implied_documents_are_kept_with_the_written_ones()
    {
        var compiled = GovernanceCompiler.Compile([new SourceFile("a.yaml", Smallest)]).Value!;
        using var kept = new MemoryStream();
        compiled.Text.Write(kept);

        var again = GovernanceArchive.Read(System.Text.Encoding.UTF8.GetString(kept.ToArray()), compiled.Snapshot.Revision);

        Assert.NotNull(again);
    }

    [Fact]
    public void What_is_written_is_not_implied()
    {
        const string Written = """

            ---
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {name: main}
            spec: {environment: staging}
            """;

        var tenant = Compile(Smallest + Written).Value!.Find(Tenant.Default)!;

        Assert.Equal(DeploymentEnvironment.Staging, Assert.Single(tenant.Workspaces).Value.Environment);
    }

    [Fact]
    public void Document_that_forgot_its_tenant_founds_none_beside_others()
    {
        const string Other = """

            ---
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: acme}
            spec: {}
            """;

        Assert.Contains(Compile(Smallest + Other).Errors, error => error.Problem.Contains("default", StringComparison.Ordinal));
    }

    [Fact]
    public void Listed_agent_with_a_permission_of_its_own_is_an_error()
    {
        const string Permission = """

            ---
            apiVersion: gateway/v1
            kind: ToolPermission
            metadata: {name: little}
            spec: {agent: assistant, connector: openai, operations: [chat], auditLogging: true}
            """;

        var error = Assert.Single(Compile(Smallest + Permission).Errors);

        Assert.Equal("spec.agents", error.Field);
        Assert.Contains("little", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_that_is_not_there_cannot_be_listed() =>
        Assert.Contains(
            Compile(Smallest.Replace("agents: [assistant]", "agents: [assistent]", StringComparison.Ordinal)).Errors,
            error => error.ToString().Contains("assistent", StringComparison.Ordinal)
        );

    [Fact]
    public void Model_that_nobody_knows_must_say_its_most_tokens()
    {
        var text = Smallest.Replace("agents: [assistant]", "agents: [assistant], models: [{match: llama-4}]", StringComparison.Ordinal);

        Assert.Contains(Compile(text).Errors, error => error.Field.Contains("maxTokens", StringComparison.Ordinal));
    }

    private static Validated<Snapshot> Compile(string text) => SnapshotCompiler.Compile([new SourceFile("a.yaml", text)]);
}
