using System.Collections.Concurrent;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Notices;

/// <summary>
/// Tells people of approvals, beside the path of requests and never on it: no request waits for it, and it ends with the host. A store that
/// is down, or a channel that hangs, holds up what is its own and nothing else.
/// </summary>
internal sealed class NoticeOutbox(
    NoticeStore store,
    NoticeSending sending,
    GovernanceState governance,
    RevocationFeed feed,
    TimeProvider time,
    ILogger<NoticeOutbox> logger
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Id<Tenant>, TenantOutbox> _tenants = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            do
            {
                foreach (var tenant in governance.Current.Tenants)
                {
                    OutboxOf(tenant).Begin(feed.EpochOf(tenant), stoppingToken);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_tenants.Values.Select(outbox => outbox.EndAsync()));
        }
    }

    private TenantOutbox OutboxOf(Id<Tenant> tenant) =>
        _tenants.GetOrAdd(tenant, one => new TenantOutbox(one, store, sending, time, logger));
}
