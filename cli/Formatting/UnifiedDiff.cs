namespace Gateway.Cli.Formatting;

/// <summary>The difference of two texts, line by line, as <c>diff -u</c> shows it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    public static IEnumerable<string> Compute(string path, string before, string after)
    {
        var steps = LineSteps.Between(Lines(before), Lines(after));
        yield return $"--- {path}";
        yield return $"+++ {path} (formatted)";
        foreach (var (from, to) in Hunks(steps))
        {
            var part = steps.Skip(from).Take(to - from).ToList();
            var (oldLine, newLine) = (
                steps.Take(from).Count(step => step.Mark != '+') + 1,
                steps.Take(from).Count(step => step.Mark != '-') + 1
            );
            yield return $"@@ -{oldLine},{part.Count(step => step.Mark != '+')} +{newLine},{part.Count(step => step.Mark != '-')} @@";
            foreach (var step in part)
            {
                yield return step.Mark + step.Text;
            }
        }
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    /// <summary>Each run of changes with the lines round it; runs that would touch are one.</summary>
    private static IEnumerable<(int From, int To)> Hunks(IReadOnlyList<LineStep> steps)
    {
        var (from, to) = (-1, -1);
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Mark == ' ')
            {
                continue;
            }

            if (from >= 0 && i - Context > to)
            {
                yield return (from, to);
                from = -1;
            }

            from = from < 0 ? Math.Max(0, i - Context) : from;
            to = Math.Min(steps.Count, i + 1 + Context);
        }

        if (from >= 0)
        {
            yield return (from, to);
        }
    }
}
