using Gateway.Connectors.Contracts;
using Gateway.Connectors.Files;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// The files of the local vault: one a tenant, <c>{folder}/{tenant}.json</c>, holding <c>{ "path": { "field": "envelope" } }</c>. Read anew
/// each time; replaced whole. Two processes that change one tenant's file take turns by a lock file.
/// </summary>
/// <param name="lockWait">How long to wait for a turn before giving up.</param>
internal sealed class VaultFolder(string folder, TimeSpan lockWait)
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>The tenants that have a file.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => TenantNames.OfFiles(_folder, ".json");

    public DateTime ChangedAt(Id<Tenant> tenant) => File.GetLastWriteTimeUtc(FileOf(tenant));

    /// <inheritdoc cref="VaultFile.Read"/>
    public VaultContent Read(Id<Tenant> tenant) => VaultFile.Read(FileOf(tenant));

    /// <inheritdoc cref="VaultFile.Write"/>
    public void Write(Id<Tenant> tenant, VaultContent content) => VaultFile.Write(FileOf(tenant), content);

    /// <summary>The right to change the tenant's file, until it is disposed of.</summary>
    /// <exception cref="CredentialSourceException">Another process holds it for too long, or the folder can't be written.</exception>
    public Task<IDisposable> LockAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        LockAsync($".{tenant}.lock", cancellationToken);

    /// <summary>The right to put the tenant's changes on record, as the other.</summary>
    public Task<IDisposable> LockRecordingAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        LockAsync($".{tenant}.recording", cancellationToken);

    private async Task<IDisposable> LockAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await TurnLock.TakeAsync(Path.Combine(_folder, name), lockWait, cancellationToken);
        }
        catch (IOException e)
        {
            throw new CredentialSourceException(e.Message, e);
        }
    }

    private string FileOf(Id<Tenant> tenant) => Path.Combine(_folder, $"{tenant}.json");
}
