using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>Actions that can't be told, by their operation and by what their records don't hold. Not thread-safe.</summary>
internal sealed class UndeterminedActions(Snapshot baseline, Snapshot candidate, int examples)
{
    private readonly Dictionary<(string Tool, string Missing), Examples> _groups = [];

    public void Add(SimulatedAction action)
    {
        var key = (Intent.ToolNameOf(action.Intent.Connector, action.Intent.Operation), string.Join('\n', Missing(action.Intent)));
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = new Examples(examples);
        }

        group.Add(action);
    }

    /// <summary>The largest first.</summary>
    public UndeterminedGroup[] Groups() =>
        [
            .. _groups
                .OrderByDescending(group => group.Value.Count)
                .ThenBy(group => group.Key)
                .Select(g => new UndeterminedGroup(
                    g.Key.Tool,
                    g.Key.Missing.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                    g.Value.Count,
                    g.Value.First
                )),
        ];

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
