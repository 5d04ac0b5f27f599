using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Secrets from files under <c>{root}/{tenant}/{path}</c>, as Kubernetes mounts them. Read anew each time, so that a changed mount
/// counts at once. One line feed at the end doesn't belong to the secret. With a field, the file is a JSON object of texts.
/// </summary>
/// <param name="root">Absolute; symbolic links inside a tenant's folder are followed, those that lead out of it are refused.</param>
public sealed class MountedFileSource(string root) : ICredentialSource
{
    private readonly string _root = Path.GetFullPath(root);

    public string Provider => "files";

    public ValueTask<Secret?> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!SecretText.IsMeantFor(Provider, tenant, reference))
        {
            return new((Secret?)null);
        }

        try
        {
            return new(Read(tenant, reference) is { } text ? SecretText.Select(text, reference) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CredentialSourceException(
                $"The file of '{reference}' can't be read ({e.GetType().Name}): mount it, and let this process read it.",
                e
            );
        }
    }

    /// <summary>Null where there is no such file.</summary>
    private string? Read(Id<Tenant> tenant, CredentialReference reference)
    {
        if (!Directory.Exists(_root))
        {
            throw new CredentialSourceException($"The folder of mounted secrets, '{_root}', isn't there: mount it.");
        }

        // Kubernetes changes a mount by turning one link, then removes the old folder: a path resolved just before is then gone.
        return MountedText.Find(MountedPath.Resolve(_root, tenant, reference), reference)
            ?? MountedText.Find(MountedPath.Resolve(_root, tenant, reference), reference);
    }
}
