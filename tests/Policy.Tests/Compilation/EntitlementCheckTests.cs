using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Compilation;

/// <summary>Documents that open what their tenant isn't entitled to don't load.</summary>
public sealed class EntitlementCheckTests
{
    private const string Hosted =
        "{type: openai, credential: {reference: \"vault://local/openai#key\", placement: bearer}, hostedTools: "
        + "[{name: web_search, action: read, risk: low}]}";

    private const string Private =
        "{type: http, baseAddress: \"http://10.0.0.1\", operations: [{name: get, action: read, risk: low, methods: [GET], path: /}]}";

    [Theory]
    [InlineData(Hosted, "hostedTools", "hosted_tools")]
    [InlineData(Private, "baseAddress", "wide_egress")]
    public void Connector_without_its_tenants_entitlement_is_an_error_that_names_the_line(string spec, string field, string word)
    {
        var error = Governance.Error(Governance.Compile(Tenant("demo", ""), Connector(spec)));

        Assert.Equal(("b.yaml", $"spec.{field}"), (error.Position.File, error.Field));
        Assert.Contains($"'demo' isn't entitled to '{word}'", error.Problem, StringComparison.Ordinal);
        Assert.Contains($"at a.yaml:1:1: 'entitlements: [{word}]'", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hosted, "hosted_tools")]
    [InlineData(Private, "wide_egress")]
    public void Connector_with_its_tenants_entitlement_loads(string spec, string word) =>
        Assert.Empty(Governance.Compile(Tenant("demo", word), Connector(spec)).Errors);

    [Theory]
    [InlineData(Hosted, "hosted_tools", "wide_egress, bodies, export, simulation, break_glass")]
    [InlineData(Private, "wide_egress", "hosted_tools, bodies, export, simulation, break_glass")]
    public void Neither_another_entitlement_nor_another_tenants_helps(string spec, string needed, string others) =>
        Assert.Single(Governance.Compile(Tenant("demo", others), Connector(spec), Tenant("other", needed)).Errors);

    [Fact]
    public void Gate_that_names_people_for_emergencies_needs_its_tenants_entitlement()
    {
        const string Gate =
            "apiVersion: gateway/v1\nkind: ApprovalGate\nmetadata: {tenant: demo, name: it}\n"
            + "spec: {active: true, approverGroups: [a], breakGlass: {groups: [b]}}\n";

        var error = Governance.Error(Governance.Compile(Tenant("demo", "bodies"), Gate));
        Assert.Equal("spec.breakGlass", error.Field);
        Assert.Contains("'demo' isn't entitled to 'break_glass'", error.Problem, StringComparison.Ordinal);
        Assert.Empty(Governance.Compile(Tenant("demo", "break_glass"), Gate).Errors);
    }

    /// <summary>The implied tenant is entitled to nothing, and the remedy says which document to write.</summary>
    [Fact]
    public void Implied_tenant_is_entitled_to_nothing()
    {
        var text = Connector(Private).Replace("tenant: demo, ", "", StringComparison.Ordinal);

        Assert.Contains(
            "Add a document 'kind: Tenant' with 'metadata: {name: default}' and 'spec: {entitlements: [wide_egress]}'.",
            Governance.Error(Governance.Compile(text)).Remedy,
            StringComparison.Ordinal
        );
        Assert.Empty(Governance.Compile(text, Tenant("default", "wide_egress")).Errors);
    }

    /// <summary>Also where most documents were compiled before.</summary>
    [Fact]
    public void Withdrawing_an_entitlement_that_is_used_is_an_error()
    {
        var before = Compile(null, Tenant("demo", "wide_egress"), Connector(Private));

        Assert.Empty(before.Errors);
        Assert.Single(Compile(before.Value, Tenant("demo", ""), Connector(Private)).Errors);
    }

    [Fact]
    public void Shadow_connector_needs_the_entitlement_too() =>
        Assert.NotEmpty(
            Governance
                .Compile(Tenant("demo", ""), Connector(Private).Replace("name: it", "name: it, shadow: true", StringComparison.Ordinal))
                .Errors
        );

    /// <summary>Old decisions are judged again by what was in force, whatever is checked today.</summary>
    [Fact]
    public void Documents_that_were_in_force_load_as_they_did()
    {
        var files = new[] { new SourceFile("a.yaml", Tenant("demo", "")), new SourceFile("b.yaml", Connector(Private)) };
        var kept = GovernanceCompiler
            .Compile([.. files.Select(file => FileReading.Read(file, keepText: true))], null, wereInForce: true)
            .Value!;
        using var text = new MemoryStream();
        kept.Text.Write(text);

        Assert.NotNull(GovernanceArchive.Read(Encoding.UTF8.GetString(text.ToArray()), kept.Snapshot.Revision));
        Assert.Null(SnapshotCompiler.Compile(files).Value);
    }

    private static Validated<CompiledGovernance> Compile(CompiledGovernance? before, params string[] texts) =>
        GovernanceCompiler.Compile(
            [.. texts.Select((text, i) => FileReading.Read(new SourceFile($"{i}.yaml", text), keepText: true))],
            before
        );

    private static string Tenant(string name, string words) =>
        $"apiVersion: gateway/v1\nkind: Tenant\nmetadata: {{name: {name}}}\nspec: {{entitlements: [{words}]}}\n";

    private static string Connector(string spec) =>
        $"apiVersion: gateway/v1\nkind: Connector\nmetadata: {{tenant: demo, name: it}}\nspec: {spec}\n";
}
