using System.Numerics;
using Gateway.Authoring.Changes;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Search;

/// <summary>The smallest sets of changes after which the same intent would be allowed.</summary>
/// <param name="Sets">The smallest first. Each allows; no part of one does. Empty where nothing was found.</param>
/// <param name="Judged">How many sets were judged.</param>
/// <param name="IsCutOff">The search came to its bound: there may be other sets.</param>
/// <param name="LargerMayHelp">Some way that was followed needs more than <see cref="ChangeSearch.MaxChanges"/> changes, or leads nowhere:
/// nobody looked.</param>
/// <param name="AlreadyAllowed">There is nothing to change: the action goes ahead as it is, or in its reduced form.</param>
public sealed record WouldAllow(
    IReadOnlyList<IReadOnlyList<Change>> Sets,
    int Judged,
    bool IsCutOff,
    bool LargerMayHelp,
    bool AlreadyAllowed
);

/// <summary>
/// Finds the smallest sets of changes after which an intent would be allowed: breadth first over the real evaluator, from what each refusal
/// gives as its reasons. Every set that it gives was judged, and so was every part of it. For explanations, never on the path of a request.
/// </summary>
public static class ChangeSearch
{
    /// <value>Changes in one set at most.</value>
    public const int MaxChanges = 4;

    /// <value>Sets judged before the search gives up: what a second or two can hold, and far more than any real refusal takes.</value>
    public const int MaxJudged = 2_000;

    public static WouldAllow Find(Snapshot snapshot, Intent intent, Facts facts, int maxJudged = MaxJudged) =>
        new Search(Situation.From(snapshot, intent, facts), maxJudged).Run();

    private sealed class Search(Situation start, int maxJudged)
    {
        private readonly List<Change> _changes = [];
        private readonly Dictionary<(ChangeKind, string), int> _indexes = [];
        private readonly Dictionary<ulong, bool> _passes = [];
        private readonly List<ulong> _found = [];
        private bool _cutOff;

        public WouldAllow Run()
        {
            if (start.Passes())
            {
                return new WouldAllow([], _passes.Count, IsCutOff: false, LargerMayHelp: false, AlreadyAllowed: true);
            }

            _passes[0] = false;
            List<ulong> frontier = [0];
            for (var size = 1; size <= MaxChanges && frontier.Count > 0; size++)
            {
                frontier = Grow(frontier);
            }

            var sets = _found.Select(ChangesOf).OrderBy(set => set.Count).ThenBy(set => string.Join('\n', set), StringComparer.Ordinal);
            return new WouldAllow([.. sets], _passes.Count, _cutOff, LargerMayHelp: frontier.Count > 0, AlreadyAllowed: false);
        }

        /// <summary>Every set of one change more that isn't allowed yet, and could be with another.</summary>
        private List<ulong> Grow(List<ulong> frontier)
        {
            var next = new List<ulong>();
            foreach (var set in frontier)
            {
                foreach (var change in Candidates.For(start.With(ChangesOf(set))))
                {
                    if (Bit(change) is { } bit && (set & bit) == 0 && IsNew(set | bit) && !TryKeep(set | bit))
                    {
                        next.Add(set | bit);
                    }
                }
            }

            return next;
        }

        private bool IsNew(ulong set)
        {
            if (_passes.ContainsKey(set) || _found.Exists(found => (set & found) == found))
            {
                return false;
            }

            _cutOff |= _passes.Count >= maxJudged;
            return !_cutOff;
        }

        /// <summary>Keeps what it takes of the set: all of it, or the smallest part that is allowed by itself.</summary>
        private bool TryKeep(ulong set)
        {
            if (!Passes(set))
            {
                return false;
            }

            var least = Parts(set).OrderBy(BitOperations.PopCount).FirstOrDefault(Passes, set);
            if (!_found.Contains(least))
            {
                _found.Add(least);
            }

            return true;
        }

        private bool Passes(ulong set)
        {
            if (!_passes.TryGetValue(set, out var passes))
            {
                _passes[set] = passes = start.With(ChangesOf(set)).Passes();
            }

            return passes;
        }

        /// <summary>Every proper part but the empty one.</summary>
        private static IEnumerable<ulong> Parts(ulong set)
        {
            for (var part = (set - 1) & set; part != 0; part = (part - 1) & set)
            {
                yield return part;
            }
        }

        /// <summary>Null where there are more changes than a set can hold.</summary>
        private ulong? Bit(Change change)
        {
            var key = (change.Kind, change.Text);
            if (!_indexes.TryGetValue(key, out var index))
            {
                index = _changes.Count;
                if (index == 64)
                {
                    _cutOff = true;
                    return null;
                }

                _indexes[key] = index;
                _changes.Add(change);
            }

            return 1UL << index;
        }

        private List<Change> ChangesOf(ulong set)
        {
            var changes = new List<Change>();
            for (var left = set; left != 0; left &= left - 1)
            {
                changes.Add(_changes[BitOperations.TrailingZeroCount(left)]);
            }

            return [.. changes.OrderBy(c => c.Kind)];
        }
    }
}
