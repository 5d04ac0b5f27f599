using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// The embedded vault: secrets in envelopes, one file a tenant. Each is sealed for its tenant and its full reference, so that one copied
/// to another name or file doesn't open. Changes by another process count at once.
/// </summary>
/// <param name="folder">Made on the first write.</param>
/// <param name="lockWait">How long a change waits for another process' change. Default 5 s.</param>
public sealed class EncryptedFileVault(string folder, Envelope envelope, TimeSpan? lockWait = null) : ICredentialSource
{
    private readonly VaultFolder _files = new(folder, lockWait ?? TimeSpan.FromSeconds(5));
    private readonly VaultSecrets _secrets = new(envelope);

    public string Provider => "local";

    public ValueTask<Secret?> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (
            !SecretText.IsMeantFor(Provider, tenant, reference) || _files.Read(tenant).Find(reference.Path, reference.Field) is not { } text
        )
        {
            return new((Secret?)null);
        }

        return new(_secrets.Open(tenant, reference, text));
    }

    /// <summary>Stores a secret, or replaces it.</summary>
    /// <exception cref="CredentialSourceException">The reference isn't one of this vault's, the value is empty or too long, or the file
    /// can't be changed.</exception>
    public async Task PutAsync(Id<Tenant> tenant, CredentialReference reference, Secret value, CancellationToken cancellationToken)
    {
        CheckIsOwn(tenant, reference);
        var text = _secrets.Seal(tenant, reference, value);
        using var turn = await _files.LockAsync(tenant, cancellationToken);
        var content = _files.Read(tenant);
        content.Set(reference.Path, reference.Field, text);
        _files.Write(tenant, content);
    }

    /// <summary>False when there is no such secret.</summary>
    /// <exception cref="CredentialSourceException">The reference isn't one of this vault's, or the file can't be changed.</exception>
    public async Task<bool> RemoveAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        CheckIsOwn(tenant, reference);
        using var turn = await _files.LockAsync(tenant, cancellationToken);
        var content = _files.Read(tenant);
        if (!content.Drop(reference.Path, reference.Field))
        {
            return false;
        }

        _files.Write(tenant, content);
        return true;
    }

    /// <summary>What is stored for the tenant, in the order of its names.</summary>
    /// <exception cref="CredentialSourceException">The file can't be read.</exception>
    public IReadOnlyList<VaultEntry> List(Id<Tenant> tenant) => VaultEntry.ListOf(Provider, _files.Read(tenant));

    /// <summary>The tenants that something was ever stored for, in the order of their names.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => _files.Tenants();

    /// <summary>
    /// Seals under the current key what is still sealed under an older one: all of it, or nothing where one doesn't open.
    /// </summary>
    /// <returns>How many were sealed anew.</returns>
    /// <exception cref="CredentialSourceException">One doesn't open, or the file can't be changed.</exception>
    public async Task<int> RotateAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        using var turn = await _files.LockAsync(tenant, cancellationToken);
        var content = _files.Read(tenant);
        var rotated = 0;
        foreach (var (path, fields) in content)
        {
            foreach (var (field, text) in fields.ToArray())
            {
                var reference = new CredentialReference(Provider, path, field);
                if (_secrets.Rewrap(tenant, reference, text) is { } rewrapped)
                {
                    fields[field] = rewrapped;
                    rotated++;
                }
            }
        }

        if (rotated > 0)
        {
            _files.Write(tenant, content);
        }

        return rotated;
    }

    private void CheckIsOwn(Id<Tenant> tenant, CredentialReference reference)
    {
        if (!SecretText.IsMeantFor(Provider, tenant, reference))
        {
            throw new CredentialSourceException($"'{reference}' isn't a name in this vault: write vault://{Provider}/<path>#<field>.");
        }
    }
}
