using Gateway.Authoring.Changes;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Search;

/// <summary>What could raise the level that an action is judged at, as far as its boundary asks for a higher one.</summary>
internal static class LevelCandidates
{
    private const string LikelyAmount = "/amount";

    public static IEnumerable<Change> For(in ActionProfile action, Situation part)
    {
        var found = new List<Change>();
        var today = DateOnly.FromDateTime(part.Facts.Now.UtcDateTime);
        foreach (var level in Wanted(action))
        {
            found.Add(RaiseLevel.For(action.Dossier, part.Intent, level, today));
        }

        if (found.Count == 0)
        {
            return found;
        }

        AddProof(action, part, found);
        AddDemotions(action.Dossier, today, found);
        if (Lacks(LevelRequirement.Transaction, action))
        {
            found.Add(new LimitTransaction(part.Intent.Connector, action.Operation!.Id, Likely()));
        }

        var ahead = action.Dossier.Agent.Promotions.Where(p => p.On > today).Select(p => p.On).DefaultIfEmpty().Min();
        if (ahead != default)
        {
            found.Add(new WaitUntil(new DateTimeOffset(ahead, TimeOnly.MinValue, TimeSpan.Zero)));
        }

        return found;
    }

    /// <summary>
    /// The lowest level above the one that counts at which the action isn't blocked, and the lowest at which it needs no approval.
    /// </summary>
    private static IEnumerable<AtfLevel> Wanted(in ActionProfile action)
    {
        if (action.Operation is null)
        {
            return action.Level == AtfLevel.Unassigned ? [AtfLevel.L1] : [];
        }

        var now = action.EffectAt(action.Level);
        var wanted = new List<AtfLevel>();
        for (var level = action.Level + 1; level <= AtfLevel.L4; level++)
        {
            var then = action.EffectAt(level);
            if (then > now)
            {
                wanted.Add(level);
                now = then;
            }
        }

        return wanted;
    }

    private static void AddProof(in ActionProfile action, Situation part, List<Change> found)
    {
        if (part.Intent.Strength != AuthStrength.Signed)
        {
            found.Add(new SignRequest());
        }

        if (part.Facts.Level < action.Dossier.Backing.Assigned)
        {
            found.Add(new LiftDemotion());
        }
    }

    /// <summary>What would end each demotion that the documents trigger.</summary>
    private static void AddDemotions(AgentDossier dossier, DateOnly today, List<Change> found)
    {
        var evidence = new AgentEvidence(dossier.Playbooks, dossier.RedTeamTests, dossier.OpenFindings);
        var own = dossier.Agent.Demote is { } demote ? (IEnumerable<Demotion>)[demote] : [];
        foreach (var demotion in dossier.Profile.Demotions.Concat(own))
        {
            foreach (var trigger in Vocabulary.Trigger.Values)
            {
                var alone = demotion with { On = demotion.On & trigger };
                if (
                    alone.On != DemotionTriggers.None
                    && evidence.Triggers(alone)
                    && End(trigger, demotion.Count, dossier, today) is { } change
                )
                {
                    found.Add(change);
                }
            }
        }
    }

    private static Change? End(DemotionTriggers trigger, int count, AgentDossier dossier, DateOnly today)
    {
        var open = dossier.OpenFindings;
        return trigger switch
        {
            DemotionTriggers.OpenCriticalFinding => CloseFindings.For(open.Where(f => !f.IsRisk && IsCritical(f))),
            DemotionTriggers.OpenCriticalRisk => CloseFindings.For(open.Where(f => f.IsRisk && IsCritical(f))),
            DemotionTriggers.OpenFindings => CloseFindings.For(open.Where(f => !f.IsRisk).Skip(count - 1)),
            DemotionTriggers.FailedRedTeamTest => new PassRedTeamTest(dossier.Agent.Id, today),
            _ => null,
        };
    }

    private static bool IsCritical(Finding finding) => finding.Tier is RiskTier.Critical or RiskTier.Unspecified;

    private static bool Lacks(LevelRequirement requirement, in ActionProfile action) =>
        action.Dossier.Profile.Binds.ContainsKey(requirement)
        && action is { Operation: { Action: ActionType.Financial, Transaction: null }, Permission: { Transaction: null } };

    private static TransactionLimit Likely() =>
        new(
            ArgumentPointer.TryParse(LikelyAmount, out var at) ? at! : throw new InvalidOperationException("It is a pointer."),
            MinorUnits.MaxAmount,
            2,
            null,
            null
        );
}
