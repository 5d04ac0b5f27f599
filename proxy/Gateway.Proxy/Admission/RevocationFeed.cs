using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

/// <summary>
/// Follows the durable store's changes: drops what Identity has cached of them, ends the requests that they end, and publishes the epoch,
/// so that a replica that is behind notices at its next admission. When it can't follow for too long, nothing is admitted and what runs
/// ends.
/// </summary>
public sealed partial class RevocationFeed(
    AdmissionOptions options,
    GovernanceState governance,
    IDurableStore store,
    ISharedState state,
    AgentDirectory directory,
    RunningRequests running,
    KillSwitch kills,
    SeenChanges seen,
    TimeProvider time,
    ILogger<RevocationFeed> logger
) : BackgroundService
{
    private const int Batch = 1000;

    private readonly TimeSpan _maxStaleness = options.MaxStaleness;

    private readonly ConcurrentDictionary<Id<Tenant>, long> _epochs = new();
    private readonly SemaphoreSlim _following = new(1, 1);
    private readonly HashSet<Id<Tenant>> _unreadable = [];
    private long _lastFollowed = time.GetTimestamp();
    private bool _blind;

    /// <summary>False when the durable store or the shared epoch has been out of reach for too long.</summary>
    public bool IsCurrent => time.GetElapsedTime(Interlocked.Read(ref _lastFollowed)) < _maxStaleness;

    /// <summary>The last change that this replica has applied; 0 for a tenant without any.</summary>
    public long EpochOf(Id<Tenant> tenant) => _epochs.GetValueOrDefault(tenant);

    /// <summary>Reads what of a tenant is stopped, before any of its requests is admitted.</summary>
    /// <exception cref="DurableStoreException">It can't be read.</exception>
    public async Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            await kills.PrepareAsync(tenant, cancellationToken);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Applies what is in the durable store now; false when it can't be read.</summary>
    public async Task<bool> CatchUpAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            var applied = await ApplyAsync(tenant, cancellationToken);
            _unreadable.Remove(tenant);
            return applied;
        }
        catch (DurableStoreException e)
        {
            if (_unreadable.Add(tenant))
            {
                Log.Unreadable(logger, tenant, e); // Once, and not at every look.
            }

            return false;
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Two loops: a store that hangs holds up the following, and must not hold up the end of what runs.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(() => FollowEachAsync(stoppingToken), stoppingToken), WatchEachAsync(stoppingToken));

    private async Task FollowEachAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // Asked for before it is looked: what is announced in between is looked for at once.
            var next = store.NextChange();
            await FollowAsync(stoppingToken);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(next, Task.Delay(options.PollInterval, time, waiting.Token));
            await waiting.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task WatchEachAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PollInterval, time);
        do
        {
            Watch();
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var current = true;
        foreach (var tenant in governance.Current.Tenants)
        {
            current &=
                await CatchUpAsync(tenant, cancellationToken) && await state.PublishEpochAsync(tenant, EpochOf(tenant), cancellationToken);
        }

        kills.Join();
        if (current)
        {
            Interlocked.Exchange(ref _lastFollowed, time.GetTimestamp());
        }
    }

    private void Watch()
    {
        // At each look, and not where the documents changed: a request may have begun by the old ones and be counted only now.
        var snapshot = governance.Current;
        running.End(agent => !directory.MayAct(agent) || !MayAct(agent, snapshot), ReasonCode.Killed);
        running.End(kills.Ends);
        if (IsCurrent)
        {
            _blind = false;
        }
        else if (!_blind)
        {
            _blind = true;
            Log.Stale(logger, _maxStaleness);
            running.End(static _ => true, ReasonCode.Interrupted);
        }
    }

    private async Task<bool> ApplyAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The last change that was applied comes again. A store that doesn't have it any more was put back to an older state, in which
            // revoked keys are good: nothing can be said by it before it was held against the journal, which leaves a gap and says so.
            var known = EpochOf(tenant);
            var changes = await store.ChangesAfterAsync(tenant, Math.Max(known - 1, 0), Batch, cancellationToken);
            var isThere = known == 0 || (changes.Count > 0 && changes[0].Sequence == known);
            if (!isThere && !changes.Any(change => change.Kind == GovernedChange.StoreReconciled))
            {
                throw new DurableStoreException($"The store has lost change {known} and what came after: put the newest state back.");
            }

            var next = changes.Where(change => change.Sequence > known);
            if (!kills.Knows(tenant) || next.Any(IsOfKills))
            {
                await kills.ReadAsync(tenant, cancellationToken); // All at once, and before any of them counts as applied.
                running.End(kills.Ends);
            }

            foreach (var change in next)
            {
                await directory.ApplyAsync(tenant, change, cancellationToken);
                _epochs[tenant] = change.Sequence;
                End(tenant, change);
                seen.Tell(tenant, change.Subject);
            }

            if (changes.Count < Batch)
            {
                return true;
            }
        }
    }

    /// <summary>A kind that only a newer version knows may be.</summary>
    private static bool IsOfKills(StoreChange change) =>
        change.Kind is GovernedChange.KillSet or GovernedChange.KillLifted or GovernedChange.StoreReconciled or GovernedChange.Unknown
        || !Enum.IsDefined(change.Kind);

    private void End(Id<Tenant> tenant, StoreChange change)
    {
        switch (change.Kind)
        {
            case GovernedChange.CredentialRevoked:
                running.End(agent => agent.Tenant == tenant && agent.CredentialId == change.Subject, ReasonCode.Killed);
                break;
            case GovernedChange.LifecycleSet:
                // Only an agent that may no longer act is ended.
                running.End(
                    agent => agent.Tenant == tenant && agent.Agent.ToString() == change.Subject && !directory.MayAct(agent),
                    ReasonCode.Killed
                );
                break;
            case GovernedChange.Unknown:
                // A kind that isn't known ends all of the tenant's.
                running.End(agent => agent.Tenant == tenant, ReasonCode.Killed);
                break;
            case GovernedChange.StoreReconciled:
                // How the store went on before it was held against the journal nobody saw: all was read again.
                running.End(agent => agent.Tenant == tenant && directory.StandingOf(agent).Reason != ReasonCode.None, ReasonCode.Killed);
                break;
            case GovernedChange.CredentialAdded or GovernedChange.CredentialReplaced:
            case GovernedChange.CredentialResealed or GovernedChange.LevelSet:
            case GovernedChange.OperatorAdded or GovernedChange.OperatorSet or GovernedChange.OperatorRemoved:
            case GovernedChange.TokenAdded or GovernedChange.TokenRevoked or GovernedChange.SetupOrdered:
            case GovernedChange.SignedIn or GovernedChange.SignedOut:
            case GovernedChange.ApprovalAsked or GovernedChange.ApprovalVoted:
            case GovernedChange.ApprovalEnded or GovernedChange.ApprovalUsed or GovernedChange.BreakGlass:
            case GovernedChange.KillSet or GovernedChange.KillLifted:
            case GovernedChange.NoticeDead or GovernedChange.NoticeResent:
                // A demotion counts from the next decision on; what was decided before goes on. Suspending ends that too. What a kill ends
                // has ended when it was read.
                break;
        }
    }

    private static bool MayAct(VerifiedAgent agent, Snapshot snapshot) =>
        snapshot.Find(agent.Tenant) is { } tenant
        && tenant.Agents.TryGetValue(agent.Agent, out var dossier)
        && dossier.Agent.Status == LifecycleStatus.Active
        && agent.IsStill(snapshot);

    private static partial class Log
    {
        [LoggerMessage(4002, LogLevel.Error, "The durable store of tenant {Tenant} can't be read")]
        public static partial void Unreadable(ILogger logger, Id<Tenant> tenant, Exception exception);

        [LoggerMessage(
            4003,
            LogLevel.Critical,
            "Revocations could not be followed for {MaxStaleness}: nothing is admitted, and running requests end"
        )]
        public static partial void Stale(ILogger logger, TimeSpan maxStaleness);
    }
}
