using Gateway.Policy.Model;

namespace Gateway.Authoring.Simulation;

/// <summary>Where two decisions about one action part.</summary>
internal static class ChangeCauses
{
    /// <summary>Every step that comes out otherwise, in the order of the path; what was demanded where no step does.</summary>
    internal static IReadOnlyList<ChangeCause> Causes(Decision before, Decision after)
    {
        List<ChangeCause> causes = [.. Controls(before, after), .. Policies(before, after)];
        return causes.Count > 0 ? causes : [TermsChange.Between(before, after)];
    }

    private static IEnumerable<ChangeCause> Controls(Decision before, Decision after)
    {
        var (old, now) = (before.Path.ToDictionary(entry => entry.Control), after.Path.ToDictionary(entry => entry.Control));
        foreach (var control in old.Keys.Union(now.Keys).Order())
        {
            var (was, becomes) = (Find(old, control), Find(now, control));
            if ((was?.Outcome, was?.Reason, was?.Inputs) != (becomes?.Outcome, becomes?.Reason, becomes?.Inputs))
            {
                yield return new ChangeCause(
                    $"control {(int)control}",
                    PathText.Of(was),
                    PathText.Of(becomes),
                    (becomes?.Source ?? was?.Source)?.ToString()
                );
            }
        }
    }

    /// <summary>A policy may stand there once for each part of the action.</summary>
    private static IEnumerable<ChangeCause> Policies(Decision before, Decision after)
    {
        var (old, now) = (
            before.Rules.ToLookup(rule => rule.Policy, StringComparer.Ordinal),
            after.Rules.ToLookup(rule => rule.Policy, StringComparer.Ordinal)
        );
        foreach (var policy in old.Select(entry => entry.Key).Union(now.Select(entry => entry.Key)).Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (PathText.Of(old[policy]), PathText.Of(now[policy]));
            if (was != becomes)
            {
                yield return new ChangeCause(
                    $"policy {policy}",
                    was,
                    becomes,
                    (now[policy].FirstOrDefault() ?? old[policy].First()).Source.ToString()
                );
            }
        }
    }

    private static PathEntry? Find(Dictionary<Control, PathEntry> path, Control control) =>
        path.TryGetValue(control, out var entry) ? entry : null;
}
