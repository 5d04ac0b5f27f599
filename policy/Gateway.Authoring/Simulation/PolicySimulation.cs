using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>
/// Judges actions of the past by two governances, with the evaluator that judges live ones, and collects what differs. Not thread-safe; its
/// memory grows with the number of different causes and not with the number of actions.
/// </summary>
/// <param name="examples">How many examples are kept of each group.</param>
public sealed class PolicySimulation(Snapshot baseline, Snapshot candidate, int examples = 5)
{
    private readonly Dictionary<string, (Decision Before, Decision After, Examples Examples)> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tool, string Missing), Examples> _undetermined = [];
    private long _actions;
    private long _flipped;
    private long _otherwise;

    public void Judge(SimulatedAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _actions++;
        var before = Evaluator.Evaluate(baseline, action.Intent, action.Facts);
        var after = Evaluator.Evaluate(candidate, action.Intent, action.Facts);
        if (before.Undetermined || after.Undetermined)
        {
            AddUndetermined(action);
            return;
        }

        _otherwise += action.Recorded is { } recorded && recorded != before.Verdict ? 1 : 0;
        if (!before.AnswersLike(after))
        {
            _flipped += before.Verdict == after.Verdict ? 0 : 1;
            AddChanged(action, before, after);
        }
    }

    public SimulationReport Report()
    {
        ChangeGroup[] groups =
        [
            .. _changed
                .OrderByDescending(group => group.Value.Examples.Count)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Value)
                .Select(g => new ChangeGroup(
                    g.Before.Verdict,
                    g.After.Verdict,
                    ChangeCauses.Causes(g.Before, g.After),
                    g.Examples.Count,
                    g.Examples.First
                )),
        ];
        UndeterminedGroup[] undetermined =
        [
            .. _undetermined
                .OrderByDescending(group => group.Value.Count)
                .ThenBy(group => group.Key)
                .Select(g => new UndeterminedGroup(
                    g.Key.Tool,
                    g.Key.Missing.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    g.Value.Count,
                    g.Value.First
                )),
        ];
        return new SimulationReport(
            _actions,
            groups.Sum(group => group.Count),
            _flipped,
            undetermined.Sum(group => group.Count),
            _otherwise,
            groups,
            undetermined
        );
    }

    private void AddChanged(SimulatedAction action, Decision before, Decision after)
    {
        var key = $"{before.Verdict} {after.Verdict} {string.Join('\n', ChangeCauses.Causes(before, after))}";
        if (!_changed.TryGetValue(key, out var group))
        {
            _changed[key] = group = (before, after, new Examples(examples));
        }

        group.Examples.Add(action);
    }

    private void AddUndetermined(SimulatedAction action)
    {
        var key = (Intent.ToolNameOf(action.Intent.Connector, action.Intent.Operation), string.Join('\n', Missing(action.Intent)));
        if (!_undetermined.TryGetValue(key, out var group))
        {
            _undetermined[key] = group = new Examples(examples);
        }

        group.Add(action);
    }

    private IEnumerable<string> Missing(Intent intent)
    {
        var reads = ActionReads.Find(baseline, intent).And(ActionReads.Find(candidate, intent));
        var known = intent.Known ?? new ActionParts([ArgumentPath.Whole], true);
        return reads
            .Arguments.Where(path => !known.Covers(path))
            .Select(path => path.Steps.Count == 0 ? "arguments" : path.ToString())
            .Concat(reads.Query && !known.Query ? ["query"] : []);
    }
}

/// <summary>Counts actions and keeps the first few. Not thread-safe.</summary>
internal sealed class Examples(int most)
{
    private readonly List<SimulatedAction> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<SimulatedAction> First => _first;

    public void Add(SimulatedAction action)
    {
        Count++;
        if (_first.Count < most)
        {
            _first.Add(action with { Intent = action.Intent with { Arguments = default } });
        }
    }
}
