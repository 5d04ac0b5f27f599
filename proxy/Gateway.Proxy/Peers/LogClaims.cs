using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Peers;

/// <summary>
/// Tells the store which logs lie on this replica's volume and how far each is signed, at the start and then as they grow. So the others
/// find them, a log that two replicas have is found before both write it, and a volume that was lost is missed.
/// </summary>
internal sealed partial class LogClaims : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <value>Ticks after which also what hasn't changed is told.</value>
    private const int AllEvery = 60;

    private readonly PeersOptions _options;
    private readonly JournalOptions _journal;
    private readonly TenantJournals _journals;
    private readonly LogStore _store;
    private readonly PeerClient _peers;
    private readonly ProcessName _name;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly EndedEarly _end;
    private readonly TimeProvider _time;
    private readonly ILogger<LogClaims> _logger;
    private readonly ConcurrentDictionary<Id<Tenant>, IReadOnlyList<ClaimedLog>> _lost = new();
    private readonly ConcurrentDictionary<LogId, ClaimedLog> _told = new();

    public LogClaims(
        PeersOptions options,
        JournalOptions journal,
        TenantJournals journals,
        LogStore store,
        PeerClient peers,
        ProcessName name,
        GatewayMetrics metrics,
        IHostApplicationLifetime lifetime,
        EndedEarly end,
        TimeProvider time,
        ILogger<LogClaims> logger
    )
    {
        (_options, _journal, _journals, _store, _peers) = (options, journal, journals, store, peers);
        (_name, _lifetime, _end, _time, _logger) = (name, lifetime, end, time, logger);
        metrics.Meter.CreateObservableGauge(
            "gateway.journal.lost",
            () => _lost.Values.Sum(logs => logs.Count),
            "{log}",
            "Logs of the journal that were on this replica's volume and aren't any more."
        );
    }

    /// <summary>Before anything of a tenant is served: says whose its logs are, and which were lost. Safe to call again.</summary>
    /// <param name="own">The log that this process is about to write.</param>
    /// <exception cref="ConfigurationException">Another replica has the log that this one opened.</exception>
    /// <exception cref="DurableStoreException">The store can't be used.</exception>
    public async Task PrepareAsync(Id<Tenant> tenant, LogId own, CancellationToken cancellationToken)
    {
        if (!_options.IsOn)
        {
            return;
        }

        var logs = VolumeLogs.List(_journal.Root, tenant);
        foreach (var log in logs)
        {
            await (log.Log == own ? TakeAsync(tenant, log, cancellationToken) : TellAsync(tenant, log, IsOurs, cancellationToken));
        }

        var now = _time.GetUtcNow();
        var there = logs.Select(log => log.Log.ToString()).ToHashSet(StringComparer.Ordinal);
        var lost = await _store.LoseAsync(tenant, _options.Address, there, now, now - _journal.Retention, cancellationToken);
        _lost[tenant] = lost;
        foreach (var log in lost)
        {
            Log.Lost(_logger, log.Log, tenant, log.Size, log.Seen, own);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        for (var tick = 1; _options.IsOn && await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            if (tick % AllEvery == 0)
            {
                _told.Clear(); // A store that was put back from a copy may lack what isn't told each time.
            }

            foreach (var tenant in _lost.Keys)
            {
                try
                {
                    await TellAsync(tenant, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.NotTold(_logger, tenant, e);
                }
            }
        }
    }

    /// <summary>
    /// Takes the log that this process writes. Whoever had it must be gone: a copied volume would else give two logs of one name, each
    /// signed, and neither to be trusted.
    /// </summary>
    private async Task TakeAsync(Id<Tenant> tenant, VolumeLog log, CancellationToken cancellationToken)
    {
        var before = await _store.FindAsync(tenant, log.Log.ToString(), cancellationToken);
        if (
            before is not null
            && await _peers.HolderAsync(before.Address, tenant, new ReceiptId(log.Log, 0), cancellationToken) is { } holder
            && holder != _name.Id
        )
        {
            throw Refused(tenant, log, before.Address);
        }

        if (await TellAsync(tenant, log, there => there == before, cancellationToken) is { } meanwhile)
        {
            throw Refused(tenant, log, meanwhile.Address);
        }
    }

    private async Task TellAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var own = _journals.Find(tenant)?.Id;
        foreach (var log in VolumeLogs.List(_journal.Root, tenant))
        {
            Func<ClaimedLog?, bool> may = log.Log == own ? there => there is null || there.Writer == _name.Id : IsOurs;
            if (
                await TellAsync(tenant, log, may, cancellationToken) is { } other
                && log.Log == own
                && !await TakeBackAsync(tenant, log, other, cancellationToken)
            )
            {
                // Both have the log open: whoever isn't in the store goes, before the two have parted for long.
                Log.Claimed(_logger, log.Log, tenant, other.Address);
                _end.Give($"The log {log.Log} of '{tenant}' is open at {other.Address} too, and two must not write one log.");
                _lifetime.StopApplication();
                return;
            }
        }
    }

    /// <summary>
    /// A store that was put back names an earlier process of this address: where no other answers there, that one is gone. At another
    /// address whoever doesn't answer may still write.
    /// </summary>
    private async Task<bool> TakeBackAsync(Id<Tenant> tenant, VolumeLog log, ClaimedLog other, CancellationToken cancellationToken)
    {
        var holder = await _peers.HolderAsync(other.Address, tenant, new ReceiptId(log.Log, 0), cancellationToken);
        return (holder == _name.Id || (holder is null && other.Address == _options.Address))
            && await TellAsync(tenant, log, there => there == other, cancellationToken) is null;
    }

    /// <returns>What stands there and may not be written over; null where it is as it should be.</returns>
    private async Task<ClaimedLog?> TellAsync(
        Id<Tenant> tenant,
        VolumeLog log,
        Func<ClaimedLog?, bool> may,
        CancellationToken cancellationToken
    )
    {
        var id = log.Log.ToString();
        if (
            _told.TryGetValue(log.Log, out var told)
            && told.Size == log.Size
            && await _store.FindAsync(tenant, id, cancellationToken) == told
        )
        {
            return null;
        }

        var seen = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var claim = new ClaimedLog(id, _options.Address, _name.Id, log.Size, log.Head, seen);
        if (await _store.ClaimAsync(tenant, claim, may, cancellationToken) is { } other)
        {
            return other;
        }

        _told[log.Log] = claim;
        return null;
    }

    /// <summary>A log that nobody has told of, or that lay here.</summary>
    private bool IsOurs(ClaimedLog? there) => there is null || there.Address == _options.Address;

    private ConfigurationException Refused(Id<Tenant> tenant, VolumeLog log, string address) =>
        new([
            $"{Settings.Root}:Journal:Root: the log {log.Log} of '{tenant}' in '{_journal.Root}' is the replica's at {address}, which has "
                + "it open. Two must not write one log: give this replica a volume of its own that is empty, not a copy of the other's, "
                + $"and a {Settings.Root}:Peers:Address of its own.",
        ]);

    private static partial class Log
    {
        [LoggerMessage(
            8051,
            LogLevel.Error,
            "The log {Lost} of tenant {Tenant} was lost with this replica's volume: {Records} records were signed when it was last seen at "
                + "{Seen}. What the archive doesn't hold of it is gone; a new log {New} was begun"
        )]
        public static partial void Lost(ILogger logger, string lost, Id<Tenant> tenant, long records, DateTimeOffset seen, LogId @new);

        [LoggerMessage(
            8052,
            LogLevel.Critical,
            "The log {Log} of tenant {Tenant} is open at {Address} too: this replica ends, since two must not write one log"
        )]
        public static partial void Claimed(ILogger logger, LogId log, Id<Tenant> tenant, string address);

        [LoggerMessage(8053, LogLevel.Warning, "How far the logs of tenant {Tenant} are signed can't be told to the store now")]
        public static partial void NotTold(ILogger logger, Id<Tenant> tenant, Exception exception);
    }
}
