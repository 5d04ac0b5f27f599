using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Approvals;

/// <summary>
/// What waits for people now, of all tenants, for whoever watches over that: beside the path, and read only where a tenant's store has
/// changed. A store that can't be read leaves what was known; that it can't be is readiness' to say.
/// </summary>
internal sealed class PendingApprovals(ApprovalStore store, GovernanceState governance, RevocationFeed feed, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Id<Tenant>, Waiting> _tenants = new();

    /// <summary>
    /// How many wait, how long the one that was asked for first has, and which share of its time the one that is nearest to its end has
    /// used; zeros where none waits.
    /// </summary>
    public (int Count, TimeSpan Oldest, double TimeUsed) Now
    {
        get
        {
            var now = time.GetUtcNow();
            var (count, oldest, used) = (0, TimeSpan.Zero, 0.0);
            foreach (var one in _tenants.Values.SelectMany(tenant => tenant.Approvals).Where(one => one.Ends > now && one.At < one.Ends))
            {
                var waited = now > one.At ? now - one.At : TimeSpan.Zero;
                count++;
                oldest = waited > oldest ? waited : oldest;
                used = Math.Max(used, waited / (one.Ends - one.At));
            }

            return (count, oldest, used);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            // On a thread of its own: SQLite blocks whoever asks it.
            await Task.Run(() => LookAsync(stoppingToken), stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var tenants = governance.Current.Tenants;
        foreach (var gone in _tenants.Keys.Except(tenants))
        {
            _tenants.TryRemove(gone, out _);
        }

        foreach (var tenant in tenants)
        {
            var epoch = feed.EpochOf(tenant);
            if (_tenants.TryGetValue(tenant, out var known) && known.Epoch == epoch)
            {
                continue;
            }

            try
            {
                _tenants[tenant] = new Waiting(epoch, await store.PendingAsync(tenant, cancellationToken));
            }
            catch (DurableStoreException)
            {
                // The feed, which reads the same store, says so and takes the instance out of service.
            }
        }
    }

    private sealed record Waiting(long Epoch, IReadOnlyList<PendingApproval> Approvals);
}
