using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Which tenants there are, and which folders are theirs: a folder beside the others whose name is a tenant's. Which tenants there are is
/// not said by another tenant's folder, so that none of them can take a folder over.
/// </summary>
internal sealed class TenantFolders
{
    private static readonly char[] Separators = ['/', '\\'];

    private TenantFolders(HashSet<Id<Tenant>> known) => Known = known;

    /// <summary>Those with a Tenant document, be it without errors or not, and those in force.</summary>
    public IReadOnlySet<Id<Tenant>> Known { get; }

    public static TenantFolders Of(IReadOnlyList<FileReading> files, IEnumerable<Id<Tenant>> inForce)
    {
        var known = inForce.ToHashSet();
        foreach (var file in files)
        {
            var folder = FolderOf(file.Name);
            known.UnionWith(Declared(file).Where(tenant => folder is null || folder == tenant));
        }

        var folders = new TenantFolders([.. known]);
        known.UnionWith(files.Where(file => folders.OwnerOf(file.Name) is null).SelectMany(Declared));
        return new TenantFolders(known);
    }

    /// <summary>Null for a file that may be about any.</summary>
    public Id<Tenant>? OwnerOf(string file) => FolderOf(file) is { } folder && Known.Contains(folder) ? folder : null;

    private static Id<Tenant>? FolderOf(string file) =>
        file.IndexOfAny(Separators) is > 0 and var end && Id<Tenant>.TryParse(file[..end], out var folder) ? folder : null;

    private static IEnumerable<Id<Tenant>> Declared(FileReading file) =>
        file.Documents.Where(one => one is { IsShadow: false, Governed.Kind: DocumentKinds.Tenant }).Select(one => one.Governed!.Tenant);
}
