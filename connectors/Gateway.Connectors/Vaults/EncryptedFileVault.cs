using System.Security.Cryptography;
using System.Text;
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

        return new(Open(tenant, reference, text));
    }

    /// <summary>Stores a secret, or replaces it.</summary>
    /// <exception cref="CredentialSourceException">The reference isn't one of this vault's, the value is empty or too long, or the file
    /// can't be changed.</exception>
    public async Task PutAsync(Id<Tenant> tenant, CredentialReference reference, Secret value, CancellationToken cancellationToken)
    {
        CheckIsOwn(tenant, reference);
        var bytes = Encoding.UTF8.GetBytes(SecretText.Accept(value.Reveal(), reference).Reveal());
        var text = envelope.Seal(tenant, reference.ToString(), bytes);
        CryptographicOperations.ZeroMemory(bytes);
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
    public IReadOnlyList<VaultEntry> List(Id<Tenant> tenant)
    {
        var entries = new List<VaultEntry>();
        foreach (var (path, fields) in _files.Read(tenant))
        {
            foreach (var (field, text) in fields)
            {
                var keyId = EnvelopeText.TryParse(text, out var parsed) ? parsed.KeyId.ToString() : "";
                entries.Add(new VaultEntry(new CredentialReference(Provider, path, field), keyId));
            }
        }

        return entries;
    }

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
                if (Rewrap(tenant, reference, text) is { } rewrapped)
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

    private Secret Open(Id<Tenant> tenant, CredentialReference reference, string text)
    {
        byte[]? bytes = null;
        try
        {
            bytes = envelope.Open(tenant, reference.ToString(), text);
            return SecretText.Accept(Encoding.UTF8.GetString(bytes), reference);
        }
        catch (EnvelopeException e)
        {
            throw new CredentialSourceException(e.Message, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Null where it is under the current key already. What isn't an envelope at all must not pass for that.</summary>
    private string? Rewrap(Id<Tenant> tenant, CredentialReference reference, string text)
    {
        Open(tenant, reference, text);
        return envelope.NeedsRewrap(text) ? envelope.Rewrap(tenant, reference.ToString(), text) : null;
    }

    private void CheckIsOwn(Id<Tenant> tenant, CredentialReference reference)
    {
        if (!SecretText.IsMeantFor(Provider, tenant, reference))
        {
            throw new CredentialSourceException($"'{reference}' isn't a name in this vault: write vault://{Provider}/<path>#<field>.");
        }
    }
}

/// <summary>That the local vault holds a secret, and under which key it is sealed. Holds no secret.</summary>
/// <param name="KeyId">Empty where what is stored isn't an envelope.</param>
public sealed record VaultEntry(CredentialReference Reference, string KeyId);
