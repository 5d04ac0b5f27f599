using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;

namespace Gateway.Authoring.Simulation;

/// <summary>
/// Judges actions of the past by two governances, with the evaluator that judges live ones, and collects what differs. Not thread-safe; its
/// memory grows with the number of different causes and not with the number of actions.
/// </summary>
/// <param name="examples">How many examples are kept of each group.</param>
public sealed class PolicySimulation(Snapshot baseline, Snapshot candidate, int examples = 5)
{
    private readonly ChangedActions _changed = new(examples);
    private readonly UndeterminedActions _undetermined = new(baseline, candidate, examples);
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
            _undetermined.Add(action);
            return;
        }

        _otherwise += action.Recorded is { } recorded && recorded != before.Verdict ? 1 : 0;
        if (!before.AnswersLike(after))
        {
            _flipped += before.Verdict == after.Verdict ? 0 : 1;
            _changed.Add(action, before, after);
        }
    }

    public SimulationReport Report()
    {
        var groups = _changed.Groups();
        var undetermined = _undetermined.Groups();
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
}
