using System.Diagnostics.Metrics;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Signing;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Ships what is sealed to the archive, and frees this instance's own disk of what the archive holds. Beside the path: an archive that is
/// away, full or spoilt costs room here and nothing else.
/// </summary>
internal sealed partial class SegmentShipping : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SayEvery = TimeSpan.FromMinutes(1);

    private readonly JournalOptions _options;
    private readonly TenantJournals _journals;
    private readonly TimeProvider _time;
    private readonly ILogger<SegmentShipping> _logger;
    private readonly JournalShipping? _shipping;
    private readonly Dictionary<string, int> _ofLog = new(StringComparer.Ordinal);
    private long _unshipped;
    private bool _known;
    private long? _said;

    public SegmentShipping(
        JournalOptions options,
        LogKeys keys,
        TenantJournals journals,
        GatewayMetrics metrics,
        TimeProvider time,
        ILogger<SegmentShipping> logger
    )
    {
        (_options, _journals, _time, _logger) = (options, journals, time, logger);
        _shipping = options.Archive.Length > 0 ? new JournalShipping(options.Root, options.Archive, keys, time) : null;
        _known = _shipping is null;
        metrics.Meter.CreateObservableGauge(
            "gateway.journal.unshipped",
            () => Volatile.Read(ref _known) ? [new Measurement<long>(Volatile.Read(ref _unshipped))] : Array.Empty<Measurement<long>>(),
            "{segment}",
            "Sealed segments that the archive doesn't verifiably hold."
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        while (_shipping is not null)
        {
            if (!await PassAsync(_shipping, stoppingToken) && !await timer.WaitForNextTickAsync(stoppingToken))
            {
                return;
            }
        }
    }

    /// <returns>Whether the next should follow at once.</returns>
    private async Task<bool> PassAsync(JournalShipping shipping, CancellationToken stoppingToken)
    {
        try
        {
            var done = await Task.Run(() => shipping.Run(stoppingToken), stoppingToken);
            foreach (var log in done.Logs.Where(log => !log.IsBusy))
            {
                _ofLog[log.Log] = log.Unshipped; // Of one that another process ships now, what was known before counts.
            }

            Volatile.Write(ref _unshipped, done.Logs.Sum(log => _ofLog.GetValueOrDefault(log.Log)));
            Volatile.Write(ref _known, true);
            Say(done);
            await FreeAsync(stoppingToken);
            return done.GoesOn;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The outer wall: whatever an archive holds, the instance goes on.
            if (IsDue())
            {
                Log.Failed(_logger, _options.Archive, e);
            }

            return false;
        }
    }

    private async Task FreeAsync(CancellationToken stoppingToken)
    {
        if (_options.KeepLocal is not { } keepLocal)
        {
            return;
        }

        foreach (var log in _journals.All)
        {
            try
            {
                var (removed, stays) = await log.RemoveArchivedAsync(_options.Archive, keepLocal, stoppingToken);
                if (removed > 0)
                {
                    Log.Freed(_logger, removed, log.Folder);
                }

                if (stays.Length > 0 && IsDue())
                {
                    Log.Stays(_logger, log.Folder, stays);
                }
            }
            catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException)
            {
                if (IsDue())
                {
                    Log.NotFreed(_logger, log.Folder, e);
                }
            }
        }
    }

    private void Say(ShippedJournal done)
    {
        if (done.Shipped > 0)
        {
            Log.Shipped(_logger, done.Shipped, _options.Archive);
        }

        if (done.FirstProblem.Length > 0 && IsDue())
        {
            Log.NotShipped(_logger, done.Unshipped, _options.Archive, done.FirstProblem);
        }
    }

    /// <summary>Once a minute at most, whatever is wrong: an archive can be away for days.</summary>
    private bool IsDue()
    {
        if (_said is { } said && _time.GetElapsedTime(said) < SayEvery)
        {
            return false;
        }

        _said = _time.GetTimestamp();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(8045, LogLevel.Information, "{Segments} segments of the journal were shipped to {Archive} and read back")]
        public static partial void Shipped(ILogger logger, int segments, string archive);

        [LoggerMessage(
            8046,
            LogLevel.Error,
            "{Segments} segments of the journal are not verifiably in the archive {Archive}, and stay here: {Problem} "
                + "(said once a minute at most)"
        )]
        public static partial void NotShipped(ILogger logger, int segments, string archive, string problem);

        [LoggerMessage(8050, LogLevel.Error, "Shipping the journal to {Archive} failed in a way that was not foreseen; it is tried again")]
        public static partial void Failed(ILogger logger, string archive, Exception exception);

        [LoggerMessage(8047, LogLevel.Information, "{Segments} segments that the archive holds were removed from the journal in {Folder}")]
        public static partial void Freed(ILogger logger, int segments, string folder);

        [LoggerMessage(8048, LogLevel.Error, "A segment in {Folder} stays, since its copy can't be read back from the archive: {Problem}")]
        public static partial void Stays(ILogger logger, string folder, string problem);

        [LoggerMessage(8049, LogLevel.Error, "What the archive holds could not be removed from the journal in {Folder}")]
        public static partial void NotFreed(ILogger logger, string folder, Exception exception);
    }
}
