namespace Gateway.Cli.Formatting;

/// <summary>One line of a difference.</summary>
/// <param name="Mark"><c>-</c> where it goes, <c>+</c> where it comes, a blank where it stays.</param>
internal readonly record struct LineStep(char Mark, string Text);

/// <summary>
/// The way from one text to another with few changes: the longest lines in common, looked for a little ahead. Formatting changes lines
/// where they stand, so that nothing that is equal lies far off.
/// </summary>
internal static class LineSteps
{
    /// <value>Lines that are looked ahead for an equal one.</value>
    private const int Ahead = 200;

    public static IReadOnlyList<LineStep> Between(string[] before, string[] after)
    {
        var steps = new List<LineStep>();
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            var (skipOld, skipNew) = NextEqual(before, i, after, j);
            steps.AddRange(before.Skip(i).Take(skipOld).Select(text => new LineStep('-', text)));
            steps.AddRange(after.Skip(j).Take(skipNew).Select(text => new LineStep('+', text)));
            (i, j) = (i + skipOld, j + skipNew);
            for (; i < before.Length && j < after.Length && before[i] == after[j]; i++, j++)
            {
                steps.Add(new LineStep(' ', before[i]));
            }
        }

        return steps;
    }

    /// <summary>How many lines of each lie before the nearest that are equal; all that are left where none is near.</summary>
    private static (int Old, int New) NextEqual(string[] before, int i, string[] after, int j)
    {
        for (var distance = 0; distance <= Ahead; distance++)
        {
            for (var old = 0; old <= distance; old++)
            {
                var (a, b) = (i + old, j + distance - old);
                if (a < before.Length && b < after.Length && before[a] == after[b])
                {
                    return (old, distance - old);
                }
            }
        }

        return (before.Length - i, after.Length - j);
    }
}
