using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>Actions that would be decided otherwise, by both verdicts and the causes. Not thread-safe.</summary>
internal sealed class ChangedActions(int examples)
{
    private readonly Dictionary<string, (Decision Before, Decision After, Examples Examples)> _groups = new(StringComparer.Ordinal);

    public void Add(SimulatedAction action, Decision before, Decision after)
    {
        var key = $"{before.Verdict} {after.Verdict} {string.Join('\n', ChangeCauses.Causes(before, after))}";
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = (before, after, new Examples(examples));
        }

        group.Examples.Add(action);
    }

    /// <summary>The largest first.</summary>
    public ChangeGroup[] Groups() =>
        [
            .. _groups
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
}
