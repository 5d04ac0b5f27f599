using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Compilation;

public sealed class SnapshotCompilerTests
{
    [Fact]
    public void Compile_OfNothing_IsASnapshotWithoutTenants() => Assert.Empty(Governance.Compiled().Tenants);

    [Fact]
    public void Compile_OfAnUndeclaredTenant_IsAnErrorOnceForAllItsDocuments()
    {
        const string Two =
            "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: ghost, name: a}\nspec: {environment: test}\n---\n"
            + "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: ghost, name: b}\nspec: {environment: test}\n";

        Assert.Contains("no tenant 'ghost'", Governance.Error(Governance.Compile(Two)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OfAReferenceToAnotherTenantsThing_DoesNotFindIt()
    {
        var world = new World().Yaml;
        var stranger =
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: other}\n---\napiVersion: gateway/v1\nkind: Agent\n"
            + "metadata: {tenant: other, name: agent}\nspec: {workspace: main, status: active, risk: low}\n";

        Assert.Contains(
            "no Workspace 'main' of this tenant",
            Governance.Error(Governance.Compile(world, stranger)).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_OfAReferenceToADocumentWithAFault_ReportsOnlyTheFault()
    {
        var world = new World().Yaml.Replace("risk: low, bearerTools: false", "risk: odd", StringComparison.Ordinal);

        Assert.Equal("spec.risk", Governance.Error(Governance.Compile(world)).Field);
    }

    [Fact]
    public void Compile_OfAPermissionOnAConnectorWithAFault_ReportsOnlyTheFault()
    {
        var world = new World()
            .Yaml.Replace("path: /act", "path: act", StringComparison.Ordinal)
            .Replace("operations: \"*\"", "operations: [act]", StringComparison.Ordinal);

        Assert.Equal("spec.operations[0].path", Governance.Error(Governance.Compile(world)).Field);
    }

    [Fact]
    public void Compile_OfTwoPermissionsForTheSameOperation_IsAnError()
    {
        var twice =
            new World().Yaml
            + "---\napiVersion: gateway/v1\nkind: ToolPermission\nmetadata: {tenant: demo, name: second}\n"
            + "spec: {agent: agent, connector: system, operations: [act], auditLogging: true}\n";

        var error = Governance.Error(Governance.Compile(twice));

        Assert.Contains("granted to 'agent' twice", error.Problem, StringComparison.Ordinal);
        Assert.Contains("'permission'", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "amount: 100, per: 1d", "is financial and has no transaction")]
    [InlineData("amount: /a, max: 1", "amount: 100, currency: EUR, per: 1d", "isn't limited to EUR")]
    [InlineData("amount: /a, max: 1, currency: /c is USD", "amount: 100, currency: EUR, per: 1d", "isn't limited to EUR")]
    [InlineData("amount: /a, max: 1, currency: /c is EUR", "amount: 100, currency: EUR, per: 1d", null)]
    [InlineData("amount: /a, max: 1", "amount: 100, per: 1d", null)]
    [InlineData(null, "calls: 100, per: 1d", null)]
    public void Compile_OfACumulativeAmountThatCouldNotBeCounted_IsAnError(string? transaction, string cumulative, string? problem)
    {
        var result = Governance.Compile(
            new World
            {
                Action = "financial",
                Transaction = transaction,
                Cumulative = cumulative,
            }.Yaml
        );

        Assert.Equal(problem is null, result.Value is not null);
        Assert.True(problem is null || Governance.Error(result).Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_OfAnAmountLimitOnModels_IsAnError() =>
        Assert.Equal(
            "spec.transaction",
            Governance.Error(Governance.Compile(new World { IsModel = true, PermissionTransaction = "amount: /a, max: 1" }.Yaml)).Field
        );

    [Theory]
    [InlineData("gpt-*", "gpt-4o", true)]
    [InlineData("gpt-4o", "gpt-4o", true)]
    [InlineData("gpt-4o", "gpt-*", true)]
    [InlineData("gpt-*", "gpt-4*", true)]
    [InlineData("*", "x", true)]
    [InlineData("gpt-4", "gpt-4o", false)]
    [InlineData("gpt-4*", "gpt-5*", false)]
    [InlineData("gpt-4", "gpt-4.*", false)]
    public void Compile_OfTwoConnectorsThatServeTheSameModel_IsAnError(string a, string b, bool refused)
    {
        var result = Governance.Compile(Governance.Tenant, Model("one", "openai", a), Model("two", "openai", b));

        Assert.Equal(refused, result.Errors.Any(e => e.Problem.Contains("can be the same model", StringComparison.Ordinal)));
        Assert.Equal(refused, result.Value is null);
    }

    [Fact]
    public void Compile_OfTheSameModelAtTwoTypesOrTwiceInOneConnector_IsFine()
    {
        Governance.Compiled(Governance.Tenant, Model("one", "openai", "m*"), Model("two", "anthropic", "m*"));
        Governance.Compiled(
            Governance.Tenant,
            Model("one", "openai", "m*").Replace("models: [", "models: [{match: mm, maxTokens: 1}, ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Compile_OfAGrantOfEverything_SpellsItOut()
    {
        var dossier = new World { IsModel = true }
            .Compile()
            .Find(Id<Tenant>.Parse("demo"))!
            .Agents[Id<Agent>.Parse("agent")];

        Assert.Equal(ModelApi.Operations(ConnectorType.OpenAi).Count, dossier.Permissions.Count);
    }

    [Fact]
    public void Compile_OfModels_FindsTheConnectorByTheFirstOfferThatFits()
    {
        var tenant = Governance
            .Compiled(Governance.Tenant, Model("one", "openai", "gpt-*"), Model("two", "openai", "o1"))
            .Find(Id<Tenant>.Parse("demo"))!;

        Assert.True(tenant.TryFindModel(ConnectorType.OpenAi, "o1", out var connector, out _));
        Assert.Equal("two", connector!.Id.ToString());
        Assert.False(tenant.TryFindModel(ConnectorType.Anthropic, "o1", out _, out _));
    }

    private static string Model(string name, string type, string match) =>
        $"apiVersion: gateway/v1\nkind: Connector\nmetadata: {{tenant: demo, name: {name}}}\n"
        + $"spec: {{type: {type}, baseAddress: 'https://x.example', risk: low, models: [{{match: '{match}', maxTokens: 5}}]}}\n";
}
