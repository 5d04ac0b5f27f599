using System.Text.Json;
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
    /// <value>The largest file, in bytes.</value>
    private const int MaxFileBytes = 16 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        WriteIndented = true,
        MaxDepth = 4,
    };

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>The tenants that have a file.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants()
    {
        var tenants = new List<Id<Tenant>>();
        foreach (var file in Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.json") : [])
        {
            if (Id<Tenant>.TryParse(Path.GetFileNameWithoutExtension(file), out var tenant))
            {
                tenants.Add(tenant);
            }
        }

        tenants.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        return tenants;
    }

    /// <summary>What is stored, in the order of its names; empty where the tenant has no file.</summary>
    /// <exception cref="CredentialSourceException">The file is there and can't be read, or isn't in the vault's form.</exception>
    public VaultContent Read(Id<Tenant> tenant)
    {
        var file = FileOf(tenant);
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxFileBytes })
            {
                throw new CredentialSourceException(
                    $"The vault file '{file}' is over {MaxFileBytes} bytes: it isn't one that Gateway wrote."
                );
            }

            var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string?>?>>(File.ReadAllBytes(file), Strict);
            return VaultContent.From(read ?? throw new JsonException("The vault file holds nothing."));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CredentialSourceException($"The vault file '{file}' can't be read ({e.GetType().Name}): restore it.", e);
        }
    }

    /// <exception cref="CredentialSourceException">It can't be written; the old content is still there.</exception>
    public void Write(Id<Tenant> tenant, VaultContent content)
    {
        var file = FileOf(tenant);
        try
        {
            ProtectedFile.Replace(file, JsonSerializer.SerializeToUtf8Bytes(content, Strict));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialSourceException(
                $"The vault file '{file}' can't be written ({e.GetType().Name}): let this process write there.",
                e
            );
        }
    }

    /// <summary>The right to change the tenant's file, until it is disposed of.</summary>
    /// <exception cref="CredentialSourceException">Another process holds it for too long, or the folder can't be written.</exception>
    public Task<IDisposable> LockAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        VaultLock.TakeAsync(Path.Combine(_folder, $".{tenant}.lock"), lockWait, cancellationToken);

    private string FileOf(Id<Tenant> tenant) => Path.Combine(_folder, $"{tenant}.json");
}
