using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Files;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Secrets from files under <c>{root}/{tenant}/{path}</c>, as Kubernetes mounts them. Read anew each time, so that a changed mount
/// counts at once. One line feed at the end doesn't belong to the secret. With a field, the file is a JSON object of texts.
/// </summary>
/// <param name="root">Absolute; symbolic links inside a tenant's folder are followed, those that lead out of it are refused.</param>
public sealed class MountedFileSource(string root) : ICredentialSource
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
        return ReadOnce(tenant, reference) ?? ReadOnce(tenant, reference);
    }

    private string? ReadOnce(Id<Tenant> tenant, CredentialReference reference)
    {
        var folder = RealPath.Resolve(Path.Combine(_root, tenant.ToString()));
        var file = RealPath.Resolve(Path.Combine(_root, tenant.ToString(), reference.Path));

        // The folder's own name too: a link from one tenant's folder to another's stays inside the root.
        if (
            !RealPath.IsBelow(RealPath.Resolve(_root), folder)
            || Path.GetFileName(folder) != tenant.ToString()
            || !RealPath.IsBelow(folder, file)
        )
        {
            throw new CredentialSourceException(
                $"The file of '{reference}' is a link that leaves the tenant's folder: put the file itself there."
            );
        }

        try
        {
            return File.Exists(file) ? ReadFile(file, reference) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string ReadFile(string file, CredentialReference reference)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[SecretText.MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > SecretText.MaxBytes)
        {
            throw new CredentialSourceException($"The file of '{reference}' is over {SecretText.MaxBytes} bytes: that is no credential.");
        }

        try
        {
            var text = Utf8.GetString(bytes, 0, length);
            var end =
                text.EndsWith("\r\n", StringComparison.Ordinal) ? 2
                : text.EndsWith('\n') ? 1
                : 0;
            return text[..^end];
        }
        catch (DecoderFallbackException)
        {
            // Not handed on: it says which bytes of the secret were wrong.
            throw new CredentialSourceException($"The file of '{reference}' isn't UTF-8: that is no credential.");
        }
    }
}
