using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents;

/// <summary>Compiles texts, for tests of what authors get told.</summary>
internal static class Governance
{
    public const string Tenant = "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: demo}\n";

    public static Validated<Snapshot> Compile(params string[] texts) =>
        SnapshotCompiler.Compile([.. texts.Select((text, i) => new SourceFile($"{(char)('a' + i)}.yaml", text))]);

    /// <summary>One document of a kind besides the tenant's; its spec begins at line 5, two columns in.</summary>
    public static Validated<Snapshot> CompileSpec(string kind, string spec) =>
        Compile(
            $"apiVersion: gateway/v1\nkind: {kind}\nmetadata: {{tenant: demo, name: it}}\nspec:\n  {spec.Replace("\n", "\n  ")}\n",
            Tenant + "spec: {entitlements: [hosted_tools, wide_egress]}\n"
        );

    public static Snapshot Compiled(params string[] texts)
    {
        var result = Compile(texts);
        Assert.Empty(result.Errors);
        return result.Value!;
    }

    /// <summary>The tenant's connector of a spec that must be good.</summary>
    public static Connector Connector(string spec)
    {
        var result = CompileSpec("Connector", spec);
        Assert.Empty(result.Errors);
        return result.Value!.Find(Id<Tenant>.Parse("demo"))!.Connectors.Values.Single();
    }

    /// <summary>The only error there is.</summary>
    public static GovernanceError Error(Validated<Snapshot> result)
    {
        Assert.Null(result.Value);
        return Assert.Single(result.Errors);
    }
}
