using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>Says once a day, and at the start, which agents' credentials are about to end with nothing in their place.</summary>
public sealed partial class ExpiryWatch(
    Func<IReadOnlyList<Id<Tenant>>> tenants,
    IDurableStore store,
    TimeProvider time,
    ILogger<ExpiryWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // The start doesn't wait for it.
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            foreach (var tenant in tenants())
            {
                await LookAsync(tenant, stoppingToken);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        try
        {
            var records = await store.ListCredentialsAsync(tenant, cancellationToken);
            foreach (var record in ExpiringCredentials.Find(records, time.GetUtcNow()))
            {
                Log.Expires(logger, record.Id, record.Agent, tenant, record.ExpiresAt!.Value);
            }
        }
        catch (DurableStoreException)
        {
            // Whoever follows the store for revocations says that it can't be read; tomorrow this looks again.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            3001,
            LogLevel.Warning,
            "Credential {Id} of agent {Agent} of {Tenant} expires at {Expires} and nothing takes its place: rotate it"
        )]
        public static partial void Expires(ILogger logger, string id, Id<Agent> agent, Id<Tenant> tenant, DateTimeOffset expires);
    }
}
