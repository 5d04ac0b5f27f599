using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

/// <summary>A fact that needs CycloneDX's own schema, from npm; skipped, and it says so, where it isn't installed.</summary>
public sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Skip = "needs 'npm ci' in tests/Platform.Tests/Packages/sbom, which scripts/test.sh does";
        }
    }

    internal static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Platform.Tests", "Packages", "sbom");
}
