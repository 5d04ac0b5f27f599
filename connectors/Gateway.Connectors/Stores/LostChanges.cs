using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// Does again, in a store that was put back from a copy, what a journal knows and the store has lost: whatever makes stricter, and nothing
/// else. What is lost and gave somebody something stays lost. A part of the caller's transaction.
/// </summary>
/// <param name="lost">By their numbers, the first first.</param>
internal sealed class LostChanges(TenantSession session, IReadOnlyList<ChangeNote> lost, ChangeOrigin origin, DateTimeOffset now)
{
    private readonly LostOperatorChanges _operators = new(session, origin, now);
    private readonly Dictionary<(GovernedChange, string), long> _last = [];
    private readonly HashSet<string> _live = [];

    /// <summary>Whether it can be undone by a later one: then the last word about its subject counts.</summary>
    private static readonly GovernedChange[] WithLastWord =
    [
        GovernedChange.LifecycleSet,
        GovernedChange.LevelSet,
        GovernedChange.OperatorAdded,
        GovernedChange.OperatorSet,
        GovernedChange.OperatorRemoved,
        GovernedChange.KillSet,
        GovernedChange.KillLifted,
    ];

    /// <summary>Whether one of the kind may have to be done again.</summary>
    public static bool Matters(GovernedChange kind) =>
        kind
            is GovernedChange.CredentialRevoked
                or GovernedChange.CredentialReplaced
                or GovernedChange.TokenRevoked
                or GovernedChange.SignedOut
                or GovernedChange.ApprovalVoted
                or GovernedChange.ApprovalEnded
                or GovernedChange.ApprovalUsed
                or GovernedChange.BreakGlass
        || WithLastWord.Contains(kind);

    public async Task ApplyAsync()
    {
        foreach (var (kind, subject, sequence) in await ChangeTable.LastOfEachAsync(session, WithLastWord))
        {
            Take((GovernedChange)kind, subject, sequence);
        }

        var isThere = _last.ToDictionary();
        foreach (var change in lost)
        {
            Take(change.Kind, change.Subject, change.Sequence);
        }

        _live.UnionWith(await ApprovalTable.LiveIdsAsync(session));
        foreach (var change in lost)
        {
            // What the store says later, it says knowing of this one.
            if (!isThere.TryGetValue((About(change.Kind), change.Subject), out var later) || later < change.Sequence)
            {
                await ApplyAsync(change);
            }
        }
    }

    private Task ApplyAsync(ChangeNote change) =>
        change.Kind switch
        {
            GovernedChange.CredentialRevoked => CredentialTable.RevokeAsync(session, change.Subject, origin, now),
            GovernedChange.CredentialReplaced => ShortenAsync(change),
            GovernedChange.LifecycleSet => IsLast(change) ? HoldAsync(change) : Task.CompletedTask,
            GovernedChange.LevelSet => IsLast(change) ? DemoteAsync(change) : Task.CompletedTask,
            GovernedChange.OperatorAdded => _operators.SpendSetupAsync(change),
            GovernedChange.OperatorSet => _operators.NarrowAsync(change, IsLast(change)),
            GovernedChange.OperatorRemoved => _operators.RemoveAsync(change),
            GovernedChange.TokenRevoked or GovernedChange.SignedOut => _operators.RemoveKeyAsync(change),
            GovernedChange.ApprovalVoted or GovernedChange.ApprovalEnded or GovernedChange.ApprovalUsed => EndAsync(change),
            GovernedChange.BreakGlass => CountAsync(change),
            GovernedChange.KillSet => IsLast(change) ? StopAsync(change) : Task.CompletedTask,

            // Gave something, or changed nothing that a request is judged by.
            GovernedChange.Unknown
            or GovernedChange.CredentialAdded
            or GovernedChange.CredentialResealed
            or GovernedChange.SecretPut
            or GovernedChange.SecretRemoved
            or GovernedChange.SecretsResealed
            or GovernedChange.BodyKeysResealed
            or GovernedChange.GovernanceLoaded
            or GovernedChange.GovernanceRejected
            or GovernedChange.RetentionSet
            or GovernedChange.SegmentRemoved
            or GovernedChange.OperationAsked
            or GovernedChange.OperationRefused
            or GovernedChange.TokenAdded
            or GovernedChange.SignedIn
            or GovernedChange.SignInRefused
            or GovernedChange.SetupOrdered
            or GovernedChange.ViewRead
            or GovernedChange.ApprovalAsked
            or GovernedChange.KillLifted
            or GovernedChange.UseRefused
            or GovernedChange.TriggerFired
            or GovernedChange.NoticeDead
            or GovernedChange.NoticeResent
            or GovernedChange.StoreReconciled => Task.CompletedTask,
        };

    private Task ShortenAsync(ChangeNote change)
    {
        var until = change.After.TryGetValue("expires_at", out var text) ? StoreInstant.Parse(text) : now;
        return CredentialTable.ShortenAsync(session, change.Subject, until, origin, now);
    }

    private async Task HoldAsync(ChangeNote change)
    {
        var agent = Id<Agent>.Parse(change.Subject);
        var status = Vocabulary.Status.TryParse(change.After.GetValueOrDefault("status", ""), out var said)
            ? said
            : LifecycleStatus.Suspended;
        if (Strictness(status) > Strictness(await AgentTables.FindLifecycleAsync(session, agent) ?? LifecycleStatus.Active))
        {
            await AgentTables.SetLifecycleAsync(session, agent, status, origin, now);
        }
    }

    private async Task DemoteAsync(ChangeNote change)
    {
        var agent = Id<Agent>.Parse(change.Subject);
        if (
            change.After.TryGetValue("demoted_to", out var text)
            && Vocabulary.Level.TryParse(text, out var level)
            && level < (await AgentTables.FindLevelAsync(session, agent) ?? AtfLevel.L4 + 1)
        )
        {
            await AgentTables.SetLevelAsync(session, agent, level, origin, now);
        }
    }

    private async Task EndAsync(ChangeNote change)
    {
        Enum.TryParse<ApprovalState>(change.After.GetValueOrDefault("state", ""), ignoreCase: true, out var state);
        var isEnd = state is not (ApprovalState.Unknown or ApprovalState.Pending or ApprovalState.Approved);
        if (!isEnd && change.Kind == GovernedChange.ApprovalVoted)
        {
            return; // A yes, which the person can say again.
        }

        if (_live.Remove(change.Subject) && await ApprovalTable.FindAsync(session, change.Subject) is { } found)
        {
            var after = found with
            {
                State = isEnd ? state : ApprovalState.Revoked,
                UsedBy = change.After.GetValueOrDefault("used_by", found.UsedBy!),
            };
            await ApprovalTable.SetAsync(session, found, after, change.Kind, origin, now);
        }
    }

    /// <summary>Or a person could break glass more often than one may.</summary>
    private Task CountAsync(ChangeNote change) =>
        BrokenGlassTable.CountAgainAsync(
            session,
            change.Subject,
            PersonName.Of(change.After.GetValueOrDefault("break_glass", "")),
            change.At
        );

    private Task StopAsync(ChangeNote change) =>
        KillTable.SetAsync(
            session,
            new Kill
            {
                Id = change.Subject,
                Scope = Vocabulary.KillScope.TryParse(change.After.GetValueOrDefault("scope", ""), out var scope)
                    ? scope
                    : KillScope.Tenant,
                Target = change.After.GetValueOrDefault("target", ""),
                IsGraceful = change.After.GetValueOrDefault("mode") == "graceful",
                By = change.Origin.By,
                Reason = change.Origin.Reason,
                At = change.At,
            },
            origin
        );

    private void Take(GovernedChange kind, string subject, long sequence)
    {
        var about = (About(kind), subject);
        _last[about] = Math.Max(_last.GetValueOrDefault(about), sequence);
    }

    private bool IsLast(ChangeNote change) => _last[(About(change.Kind), change.Subject)] == change.Sequence;

    /// <summary>One kind for all that are about the same.</summary>
    private static GovernedChange About(GovernedChange kind) =>
        kind is GovernedChange.OperatorAdded or GovernedChange.OperatorRemoved ? GovernedChange.OperatorSet
        : kind == GovernedChange.KillLifted ? GovernedChange.KillSet
        : kind;

    private static int Strictness(LifecycleStatus status) =>
        status switch
        {
            LifecycleStatus.Active => 0,
            LifecycleStatus.Draft => 1,
            LifecycleStatus.Unknown or LifecycleStatus.Suspended => 2,
            LifecycleStatus.Retired => 3,
        };
}
