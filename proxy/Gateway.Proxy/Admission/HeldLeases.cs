using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Admission;

/// <summary>
/// What this instance holds in the shared state for requests under way, under short leases: renews them off the path while the requests
/// run, and gives back what instances that are gone held. Whoever can't renew for longer than a lease holds nothing any more. Thread-safe.
/// </summary>
public sealed partial class HeldLeases(
    AdmissionOptions options,
    Func<IReadOnlyList<Id<Tenant>>> tenants,
    ISharedState state,
    TimeProvider time,
    ILogger<HeldLeases> logger
) : BackgroundService
{
    /// <value>How long a request may take beyond its connector's time. One that nobody ended by then was lost by a fault of ours, and its
    /// lease ends.</value>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (Id<Tenant> Tenant, long Since, TimeSpan Most)> _held = new(StringComparer.Ordinal);
    private bool _failing;

    /// <param name="runsFor">How long its action may take.</param>
    public void Add(AdmissionRequest request, TimeSpan runsFor)
    {
        if (request.Holds)
        {
            _held[request.RequestId] = (request.Tenant, time.GetTimestamp(), runsFor + Spare);
        }
    }

    /// <summary>It was settled, or is left to its lease.</summary>
    public void Remove(AdmissionRequest request)
    {
        if (request.Holds)
        {
            _held.TryRemove(request.RequestId, out _);
        }
    }

    /// <summary>Gives back what an earlier run of this instance held for decisions whose outcome nobody knows any more.</summary>
    public async Task GiveBackAsync(Id<Tenant> tenant, IReadOnlyList<string> decisions, CancellationToken cancellationToken)
    {
        if (decisions.Count > 0 && !await state.RenewAsync(tenant, decisions, TimeSpan.Zero, cancellationToken))
        {
            Log.NotGivenBack(logger, decisions.Count, tenant);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RenewAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e); // The next tick tries again: without one all would lapse for a fault of one.
            }
        }
    }

    /// <summary>One round trip for all of a tenant's, up to 1,000.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, (_, since, most)) in _held)
        {
            if (time.GetElapsedTime(since) >= most)
            {
                _held.TryRemove(id, out _);
            }
        }

        var held = _held.ToLookup(entry => entry.Value.Tenant, entry => entry.Key);
        // All at once, so that they share the connection's round trip.
        var renewed = await Task.WhenAll(
            tenants().Select(tenant => state.RenewAsync(tenant, [.. held[tenant]], options.Lease, cancellationToken).AsTask())
        );
        var failing = Array.Exists(renewed, done => !done);
        if (failing && !_failing)
        {
            Log.NotRenewed(logger, options.Lease); // Once, and not at every tick.
        }

        _failing = failing;
    }

    private static partial class Log
    {
        [LoggerMessage(
            4005,
            LogLevel.Warning,
            "The shared state can't be reached: what running requests hold is given back if that lasts for {Lease}"
        )]
        public static partial void NotRenewed(ILogger logger, TimeSpan lease);

        [LoggerMessage(4006, LogLevel.Error, "What running requests hold could not be renewed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(
            4007,
            LogLevel.Warning,
            "What {Decisions} decisions of tenant {Tenant} held before the last end could not be given back; it ends with its lease"
        )]
        public static partial void NotGivenBack(ILogger logger, int decisions, Id<Tenant> tenant);
    }
}
