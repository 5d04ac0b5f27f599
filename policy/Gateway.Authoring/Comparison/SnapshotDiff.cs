using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>
/// Two snapshots compared by meaning: who could do what before and can't now, and the reverse, from the real evaluator over the agents and
/// operations of both. A rule that reads other arguments than a limited amount, or a session, is compared by its document alone.
/// </summary>
/// <param name="Probed">How many questions were put to both.</param>
public sealed record SnapshotDiff(IReadOnlyList<DocumentChange> Documents, IReadOnlyList<AccessChange> Access, int Probed)
{
    /// <summary>Rates, budgets and other limits: no question to the evaluator shows them.</summary>
    public IReadOnlyList<LimitChange> Limits { get; private init; } = [];

    private const int Week = 7 * 24;

    /// <param name="at">The moment that both are judged at; where a decision depends on the clock, every hour of the week from
    /// then.</param>
    public static SnapshotDiff Between(Snapshot before, Snapshot after, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<AccessChange>();
        var probed = 0;
        foreach (var tenant in before.Tenants.Union(after.Tenants).OrderBy(t => t.ToString(), StringComparer.Ordinal))
        {
            var (old, now) = (before.Find(tenant), after.Find(tenant));
            var probes = new AccessProbes(old, now);
            foreach (var probe in Agents(old, now).SelectMany(probes.For))
            {
                probed++;
                changes.AddRange(Compare(before, after, probe, at));
            }
        }

        return new SnapshotDiff(DocumentChange.Between(before, after), changes, probed) { Limits = LimitChange.Between(before, after) };
    }

    private static IEnumerable<Id<Agent>> Agents(TenantSnapshot? before, TenantSnapshot? after) =>
        (before?.Agents.Keys ?? []).Union(after?.Agents.Keys ?? []).OrderBy(id => id.ToString(), StringComparer.Ordinal);

    private static IEnumerable<AccessChange> Compare(Snapshot before, Snapshot after, AccessProbe probe, DateTimeOffset at)
    {
        var (old, now) = Judge(before, after, probe, at);
        if (((old.Reads | now.Reads) & Reads.Clock) == 0)
        {
            return AccessChange.IsSame(old, now) ? [] : [new AccessChange(probe, null, old, now)];
        }

        // The first of each pair of verdicts stands for all of them.
        return Enumerable
            .Range(0, Week)
            .Select(hour => Judge(before, after, probe, at.AddHours(hour)))
            .Where(pair => !AccessChange.IsSame(pair.Before, pair.After))
            .GroupBy(pair => (pair.Before.Verdict, pair.After.Verdict))
            .Select(same => new AccessChange(probe, same.Count(), same.First().Before, same.First().After));
    }

    private static (Decision Before, Decision After) Judge(Snapshot before, Snapshot after, AccessProbe probe, DateTimeOffset at)
    {
        var facts = new Facts(null, at);
        return (Evaluator.Evaluate(before, probe.Intent, facts), Evaluator.Evaluate(after, probe.Intent, facts));
    }
}
