using Gateway.Connectors.Contracts;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Evidence.Triggers;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Does what a trigger says that fired: puts that on record, then suspends or demotes the agent in the store, as an operator's command
/// does, so that every replica follows. Where the record or the store can't be written the agent is held here until they can: never laxer.
/// </summary>
public sealed partial class TriggerActions(
    TriggerWatch watch,
    AgentDirectory directory,
    IDurableStore store,
    TenantJournals journals,
    RevocationFeed feed,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<TriggerActions> logger
) : BackgroundService
{
    /// <value>How long the record may take before the agent is held without: the whole must come within a second.</value>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var acting = new HashSet<Task>();
        await foreach (var firing in watch.Fired.ReadAllAsync(stoppingToken))
        {
            acting.RemoveWhere(task => task.IsCompleted);
            acting.Add(ActAsync(firing, stoppingToken)); // None waits for another, whose journal may hang.
        }
    }

    private async Task ActAsync(Firing firing, CancellationToken stoppingToken)
    {
        var standing = StandingOf(firing.Trigger);
        var isShadow = firing.Trigger.Mode == TriggerMode.Shadow;
        metrics.Fired(Vocabulary.TriggerEvent.Text(firing.Trigger.On), Vocabulary.TriggerMode.Text(firing.Trigger.Mode));
        if (isShadow)
        {
            Log.WouldFire(logger, firing.Trigger.Name, firing.Agent, firing.Tenant, firing.Seen);
            if (!await TryRecordAsync(firing))
            {
                Log.NotRecorded(logger, firing.Trigger.Name, firing.Agent, firing.Tenant);
            }
        }
        else if (!directory.IsAsStrict(firing.Tenant, firing.Agent, standing))
        {
            Log.Fired(logger, firing.Trigger.Name, firing.Agent, firing.Tenant, firing.Seen);
            await EnforceAsync(firing, standing, stoppingToken);
        }

        watch.Settle(firing);
    }

    private async Task EnforceAsync(Firing firing, AgentStanding standing, CancellationToken stoppingToken)
    {
        var (isRecorded, isSet, isSaid) = (false, false, false);
        while (true)
        {
            isRecorded = isRecorded || await TryRecordAsync(firing);
            directory.Hold(firing.Tenant, firing.Agent, standing);
            isSet = isSet || (isRecorded && await TrySetAsync(firing, standing, stoppingToken));
            if (isSet && await feed.CatchUpAsync(firing.Tenant, stoppingToken))
            {
                break;
            }

            if (!isSaid)
            {
                isSaid = true;
                Log.Held(logger, firing.Trigger.Name, firing.Agent, firing.Tenant);
            }

            await Task.Delay(Again, time, stoppingToken);
        }

        directory.Release(firing.Tenant, firing.Agent);
    }

    private static AgentStanding StandingOf(Trigger trigger) =>
        trigger.Then == TriggerEffect.Demote ? new(Status: null, trigger.To) : new(LifecycleStatus.Suspended, Level: null);

    private async Task<bool> TryRecordAsync(Firing firing)
    {
        try
        {
            if (journals.Find(firing.Tenant) is { } log)
            {
                await log.AppendAsync(RecordOf(firing), Durability.Synced, Longest);
                return true;
            }
        }
        catch (Exception e) when (e is JournalUnavailableException or OperationCanceledException)
        {
            // Said by whoever asked, and tried again where something is done.
        }

        return false;
    }

    /// <summary>The change itself, with the trigger as who made it.</summary>
    private async Task<bool> TrySetAsync(Firing firing, AgentStanding standing, CancellationToken cancellationToken)
    {
        try
        {
            await using var by = store.By(OriginOf(firing));
            // What an operator has just said may be stricter, and not known here yet.
            var (tenant, agent) = (firing.Tenant, firing.Agent);
            var before = await AgentDirectory.ReadStandingAsync(by, tenant, agent, cancellationToken);
            var after = before.With(standing);
            if (after.Status is { } status && status != before.Status)
            {
                await by.SetLifecycleAsync(tenant, agent, status, time.GetUtcNow(), cancellationToken);
            }

            if (after.Level != before.Level)
            {
                await by.SetLevelAsync(tenant, agent, after.Level, time.GetUtcNow(), cancellationToken);
            }

            return true;
        }
        catch (DurableStoreException)
        {
            return false;
        }
    }

    private static ChangeOrigin OriginOf(Firing firing) =>
        new($"trigger:{firing.Trigger.Name}", $"{Environment.MachineName}: gateway", firing.Seen);

    private static ChangeRecord RecordOf(Firing firing)
    {
        var (trigger, origin) = (firing.Trigger, OriginOf(firing));
        return new ChangeRecord
        {
            Kind = GovernedChange.TriggerFired,
            Subject = firing.Agent.ToString(),
            By = origin.By,
            From = origin.From,
            Reason = origin.Reason,
            At = firing.At,
            After = new(StringComparer.Ordinal)
            {
                ["mode"] = Vocabulary.TriggerMode.Text(trigger.Mode),
                ["then"] =
                    Vocabulary.TriggerEffect.Text(trigger.Then)
                    + (trigger.Then == TriggerEffect.Demote ? $" to {Vocabulary.Level.Text(trigger.To)}" : ""),
            },
        };
    }

    private static partial class Log
    {
        [LoggerMessage(8015, LogLevel.Warning, "In shadow, the trigger {Trigger} would have fired for agent {Agent} of {Tenant}: {Seen}")]
        public static partial void WouldFire(ILogger logger, string trigger, Id<Agent> agent, Id<Tenant> tenant, string seen);

        [LoggerMessage(8016, LogLevel.Critical, "The trigger {Trigger} fired for agent {Agent} of {Tenant}: {Seen}")]
        public static partial void Fired(ILogger logger, string trigger, Id<Agent> agent, Id<Tenant> tenant, string seen);

        [LoggerMessage(
            8017,
            LogLevel.Error,
            "What the trigger {Trigger} makes of agent {Agent} of {Tenant} can't be recorded or stored yet: it is held on this instance"
        )]
        public static partial void Held(ILogger logger, string trigger, Id<Agent> agent, Id<Tenant> tenant);

        [LoggerMessage(8018, LogLevel.Error, "That the trigger {Trigger} would have fired for agent {Agent} of {Tenant} is not on record")]
        public static partial void NotRecorded(ILogger logger, string trigger, Id<Agent> agent, Id<Tenant> tenant);
    }
}
