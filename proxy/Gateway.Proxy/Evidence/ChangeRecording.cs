using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Puts on record what a command changed that was killed before it could, within a second. Looks only at what has changed: the store as
/// the feed of revocations follows it, and the vault's files.
/// </summary>
public sealed partial class ChangeRecording(
    GovernanceState governance,
    IDurableStore store,
    EncryptedFileVault vault,
    TenantJournals journals,
    RevocationFeed feed,
    TimeProvider time,
    ILogger<ChangeRecording> logger
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Id<Tenant>, (long Epoch, DateTime Vault)> _recorded = [];
    private readonly HashSet<Id<Tenant>> _failing = [];

    /// <summary>Looks once; tests need not wait for the clock.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in governance.Current.Tenants)
        {
            var now = (feed.EpochOf(tenant), vault.ChangedAt(tenant));
            if (journals.Find(tenant) is { } log && (!_recorded.TryGetValue(tenant, out var before) || before != now))
            {
                await RecordAsync(tenant, log, now, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await LookAsync(stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RecordAsync(Id<Tenant> tenant, JournalLog log, (long, DateTime) now, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeRecords.AppendAsync(log, store, vault, tenant, cancellationToken);
            _recorded[tenant] = now;
            _failing.Remove(tenant);
        }
        catch (Exception e) when (e is JournalUnavailableException or DurableStoreException or CredentialSourceException)
        {
            if (_failing.Add(tenant))
            {
                Log.NotRecorded(logger, tenant, e); // Once, and not at every look.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8014, LogLevel.Error, "What was changed for tenant {Tenant} could not be put on record yet")]
        public static partial void NotRecorded(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
