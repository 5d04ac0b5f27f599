using System.Collections.Concurrent;
using System.Net;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// The journals of this instance: one a tenant, and the system's own for what no tenant is proven for. Opened at start, closed at the end.
/// </summary>
public sealed partial class TenantJournals(JournalOptions options, LogKeys keys, TimeProvider time, ILogger<TenantJournals> logger)
    : BackgroundService,
        IAsyncDisposable
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RemoveEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Id<Tenant>, JournalLog> _logs = new();
    private readonly Dictionary<Id<Tenant>, JournalLog> _begun = [];
    private readonly ConcurrentDictionary<JournalLog, byte> _failing = new();
    private readonly Lock _opening = new();
    private JournalLog? _system;
    private RefusalCounter? _refusals;

    /// <summary>
    /// Opens, checks and repairs a tenant's journal and the system's. Nothing of the tenant's is written to it until
    /// <see cref="Admit"/>: it may be another replica's. Safe to call again. Blocks while it reads.
    /// </summary>
    /// <returns>Null where it is in use already.</returns>
    /// <exception cref="JournalCorruptException">A journal is damaged; it is left as it is.</exception>
    /// <exception cref="JournalUnavailableException">The disk can't be used.</exception>
    internal JournalLog? Begin(Id<Tenant> tenant)
    {
        lock (_opening)
        {
            if (_system is null)
            {
                _system = Report(JournalLog.OpenSystem(options, keys, time), "the system");
                _refusals = new RefusalCounter(_system, time);
            }

            if (_logs.ContainsKey(tenant))
            {
                return null;
            }

            if (!_begun.TryGetValue(tenant, out var log))
            {
                _begun[tenant] = log = Report(JournalLog.Open(options, tenant, keys, time), tenant.ToString());
            }

            return log;
        }
    }

    /// <summary>From now on the journal that was begun is found, and so its tenant served.</summary>
    internal void Admit(Id<Tenant> tenant)
    {
        lock (_opening)
        {
            if (_begun.Remove(tenant, out var log))
            {
                _logs[tenant] = log;
            }
        }
    }

    /// <summary>Null for a tenant whose journal isn't open: nothing of its may happen.</summary>
    public JournalLog? Find(Id<Tenant> tenant) => _logs.GetValueOrDefault(tenant);

    /// <summary>All that are open, the system's last.</summary>
    internal IReadOnlyList<JournalLog> All => [.. _logs.Values, .. _system is null ? Array.Empty<JournalLog>() : [_system]];

    /// <value>The decisions of a tenant whose outcome an earlier run of this instance left unknown, as its journal showed when it was
    /// opened.</value>
    internal IReadOnlyList<string> LeftOpen(Id<Tenant> tenant) => Find(tenant)?.Recovery.OutcomeUnknown ?? [];

    /// <summary>Whether the last append to each journal succeeded, as far as <see cref="Note"/> was told.</summary>
    internal bool AllWritable => _failing.IsEmpty;

    /// <summary>Takes in how an append to a journal ended; true when that is news.</summary>
    internal bool Note(JournalLog log, bool written) =>
        written ? !_failing.IsEmpty && _failing.TryRemove(log, out _) : _failing.TryAdd(log, 0);

    /// <value>Records that wait to be written, in all journals.</value>
    internal int Backlog => All.Sum(log => log.Backlog);

    /// <value>Since when the oldest record of all journals isn't under a signed head; zero where each is.</value>
    internal TimeSpan UnsignedFor => All.Select(log => log.UnsignedFor).DefaultIfEmpty().Max();

    internal void Count(ReasonCode reason, IPAddress? source) => _refusals?.Count(reason, source ?? IPAddress.None);

    /// <summary>Writes down what was counted so far, without waiting for the second to pass.</summary>
    internal Task FlushAsync(CancellationToken cancellationToken) => _refusals?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_refusals?.RunAsync(stoppingToken) ?? Task.CompletedTask, ProbeAsync(stoppingToken), RemoveAsync(stoppingToken));

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values.Concat(_begun.Values))
        {
            await log.DisposeAsync();
        }

        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        Dispose();
    }

    /// <summary>
    /// Tries the journals that failed: an instance that isn't ready gets no requests, and without a request it would never find that its
    /// disk is back. The record of it says where the gap ends.
    /// </summary>
    private async Task ProbeAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProbeEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (log, _) in _failing)
            {
                await ProbeAsync(log, stoppingToken);
            }
        }
    }

    private async Task ProbeAsync(JournalLog log, CancellationToken stoppingToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            deadline.CancelAfter(ProbeEvery);
            await log.AppendAsync(new RecoveryRecord { BytesCut = 0, OutcomeUnknown = [] }, Durability.Synced, deadline.Token);
            Note(log, written: true);
            Log.Writable(logger, log.Folder);
        }
        catch (Exception e) when (e is JournalUnavailableException or OperationCanceledException)
        {
            stoppingToken.ThrowIfCancellationRequested(); // Otherwise not back yet: tried again with the next tick.
        }
    }

    /// <summary>
    /// Removes what is past its retention, once an hour. Not at the start: a process that is started again and again with a wrong clock
    /// would take all. What can't be removed is kept and said.
    /// </summary>
    private async Task RemoveAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RemoveEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var log in All)
            {
                try
                {
                    if (await log.RemoveExpiredAsync(stoppingToken) is > 0 and var removed)
                    {
                        Log.Removed(logger, removed, log.Folder);
                    }
                }
                catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException)
                {
                    Log.NotRemoved(logger, log.Folder, e);
                }
            }
        }
    }

    private JournalLog Report(JournalLog log, string whose)
    {
        if (log.Recovery.BytesCut > 0 || log.Recovery.OutcomeUnknown.Count > 0)
        {
            Log.Recovered(logger, whose, log.Recovery.BytesCut, log.Recovery.OutcomeUnknown.Count);
        }

        return log;
    }

    private static partial class Log
    {
        [LoggerMessage(
            8002,
            LogLevel.Warning,
            "The journal of {Whose} was repaired: {Bytes} bytes of an incomplete record were cut, {Unknown} decisions have no known outcome"
        )]
        public static partial void Recovered(ILogger logger, string whose, long bytes, int unknown);

        [LoggerMessage(8003, LogLevel.Warning, "The journal in {Folder} can be written again")]
        public static partial void Writable(ILogger logger, string folder);

        [LoggerMessage(8004, LogLevel.Information, "{Segments} segments past their retention were removed from the journal in {Folder}")]
        public static partial void Removed(ILogger logger, int segments, string folder);

        [LoggerMessage(8005, LogLevel.Error, "What is past its retention could not be removed from the journal in {Folder}")]
        public static partial void NotRemoved(ILogger logger, string folder, Exception exception);
    }
}
