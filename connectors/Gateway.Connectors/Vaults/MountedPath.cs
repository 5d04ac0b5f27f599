using Gateway.Connectors.Contracts;
using Gateway.Connectors.Files;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>Where a mounted secret really lies: never outside its tenant's own folder, whatever the links say.</summary>
internal static class MountedPath
{
    /// <param name="root">In full.</param>
    /// <exception cref="CredentialSourceException">A link leads out of the tenant's folder.</exception>
    public static string Resolve(string root, Id<Tenant> tenant, CredentialReference reference)
    {
        var folder = RealPath.Resolve(Path.Combine(root, tenant.ToString()));
        var file = RealPath.Resolve(Path.Combine(root, tenant.ToString(), reference.Path));

        // The folder's own name too: a link from one tenant's folder to another's stays inside the root.
        if (
            !RealPath.IsBelow(RealPath.Resolve(root), folder)
            || Path.GetFileName(folder) != tenant.ToString()
            || !RealPath.IsBelow(folder, file)
        )
        {
            throw new CredentialSourceException(
                $"The file of '{reference}' is a link that leaves the tenant's folder: put the file itself there."
            );
        }

        return file;
    }
}
