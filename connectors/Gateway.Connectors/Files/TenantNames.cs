using Gateway.Policy.Model;

namespace Gateway.Connectors.Files;

/// <summary>Which tenants have a file or a folder, by its name. What isn't named as a tenant is left alone.</summary>
internal static class TenantNames
{
    /// <param name="folder">May be missing: then there are none.</param>
    /// <param name="extension">What the files' names end with, such as <c>.json</c>.</param>
    /// <returns>In the order of their names.</returns>
    public static IReadOnlyList<Id<Tenant>> OfFiles(string folder, string extension) =>
        Directory.Exists(folder) ? Sorted(Directory.EnumerateFiles(folder, "*" + extension).Select(Path.GetFileNameWithoutExtension)) : [];

    /// <inheritdoc cref="OfFiles"/>
    public static IReadOnlyList<Id<Tenant>> OfFolders(string folder) =>
        Directory.Exists(folder) ? Sorted(Directory.EnumerateDirectories(folder).Select(Path.GetFileName)) : [];

    private static List<Id<Tenant>> Sorted(IEnumerable<string?> names)
    {
        var tenants = new List<Id<Tenant>>();
        foreach (var name in names)
        {
            if (Id<Tenant>.TryParse(name, out var tenant))
            {
                tenants.Add(tenant);
            }
        }

        tenants.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        return tenants;
    }
}
