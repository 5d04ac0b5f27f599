using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// The embedded vault: secrets in envelopes, one file a tenant. Each is sealed for its tenant and its full reference, so that one copied
/// to another name or file doesn't open. Changes by another process count at once.
/// </summary>
public sealed class EncryptedFileVault : ICredentialSource
{
    private readonly VaultFolder _files;
    private readonly VaultSecrets _secrets;
    private readonly ChangeOrigin _origin;

    /// <param name="folder">Made on the first write.</param>
    /// <param name="lockWait">How long a change waits for another process' change. Default 5 s.</param>
    public EncryptedFileVault(string folder, Envelope envelope, TimeSpan? lockWait = null)
        : this(new VaultFolder(folder, lockWait ?? TimeSpan.FromSeconds(5)), new VaultSecrets(envelope), ChangeOrigin.Local("gateway", ""))
    { }

    private EncryptedFileVault(VaultFolder files, VaultSecrets secrets, ChangeOrigin origin) =>
        (_files, _secrets, _origin) = (files, secrets, origin);

    public string Provider => "local";

    /// <summary>The same vault, in whose changes it stands who makes them, and why. Unsaid, it is this process by itself.</summary>
    public EncryptedFileVault By(ChangeOrigin origin) => new(_files, _secrets, origin);

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
        var before = content.Find(reference.Path, reference.Field);
        content.Set(reference.Path, reference.Field, text);
        VaultNotes.Add(content, GovernedChange.SecretPut, reference.ToString(), _origin, before, text);
        _files.Write(tenant, content);
    }

    /// <summary>False when there is no such secret.</summary>
    /// <exception cref="CredentialSourceException">The reference isn't one of this vault's, or the file can't be changed.</exception>
    public async Task<bool> RemoveAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        CheckIsOwn(tenant, reference);
        using var turn = await _files.LockAsync(tenant, cancellationToken);
        var content = _files.Read(tenant);
        var before = content.Find(reference.Path, reference.Field);
        if (!content.Drop(reference.Path, reference.Field))
        {
            return false;
        }

        VaultNotes.Add(content, GovernedChange.SecretRemoved, reference.ToString(), _origin, before, null);

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
        var last = "";
        foreach (var (path, fields) in content)
        {
            foreach (var (field, text) in fields.ToArray())
            {
                var reference = new CredentialReference(Provider, path, field);
                if (_secrets.Rewrap(tenant, reference, text) is { } rewrapped)
                {
                    (fields[field], last) = (rewrapped, rewrapped);
                    rotated++;
                }
            }
        }

        if (rotated > 0)
        {
            VaultNotes.AddResealed(content, rotated, _origin, last);
            _files.Write(tenant, content);
        }

        return rotated;
    }

    /// <value>When the tenant's file was written last, as its folder says; the year 1601 where there is none.</value>
    public DateTime ChangedAt(Id<Tenant> tenant) => _files.ChangedAt(tenant);

    /// <summary>What changed and isn't known to be on record, oldest first.</summary>
    /// <exception cref="CredentialSourceException">The file can't be read.</exception>
    public IReadOnlyList<ChangeNote> Unrecorded(Id<Tenant> tenant) => VaultNotes.Of(_files.Read(tenant));

    /// <summary>The same, without the keys: notes aren't sealed.</summary>
    /// <param name="folder">The vault's.</param>
    /// <inheritdoc cref="Unrecorded(Id{Tenant})"/>
    public static IReadOnlyList<ChangeNote> Unrecorded(string folder, Id<Tenant> tenant) =>
        VaultNotes.Of(new VaultFolder(folder, TimeSpan.Zero).Read(tenant));

    /// <summary>As <see cref="IDurableStore.RecordChangesAsync"/>.</summary>
    /// <returns>How many were taken.</returns>
    /// <exception cref="CredentialSourceException">The file can't be read or changed.</exception>
    public async Task<int> RecordChangesAsync(
        Id<Tenant> tenant,
        Func<ChangeNote, CancellationToken, Task> recordAsync,
        CancellationToken cancellationToken
    )
    {
        if (_files.Read(tenant).Notes.Count == 0)
        {
            return 0;
        }

        using var recording = await _files.LockRecordingAsync(tenant, cancellationToken);
        var notes = Unrecorded(tenant);
        foreach (var note in notes)
        {
            await recordAsync(note, cancellationToken);
        }

        using var turn = await _files.LockAsync(tenant, cancellationToken);
        var content = _files.Read(tenant);
        foreach (var note in notes)
        {
            content.Notes.Remove(note.Id);
        }

        _files.Write(tenant, content);
        return notes.Count;
    }

    private void CheckIsOwn(Id<Tenant> tenant, CredentialReference reference)
    {
        if (!SecretText.IsMeantFor(Provider, tenant, reference))
        {
            throw new CredentialSourceException($"'{reference}' isn't a name in this vault: write vault://{Provider}/<path>#<field>.");
        }
    }
}
