using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Gait.Regress.Graders;

/// <summary>The steps of a run: which tools it called in what order, and with what verdicts.</summary>
internal static class Trajectory
{
    public static IReadOnlyList<string> Tools(Runpack pack) => [.. pack.Intents.Select(intent => intent.Text("tool_name"))];

    /// <summary>One an intent; <c>missing</c> where it has no result.</summary>
    public static IReadOnlyList<string> Verdicts(Runpack pack)
    {
        var results = pack.Results.ToDictionary(result => result.Text("intent_id"), RecordedVerdict.Parse, StringComparer.Ordinal);
        return [.. pack.Intents.Select(intent => results.GetValueOrDefault(intent.Text("intent_id"), "missing"))];
    }

    /// <summary>The first step that is another than the expected; null where none is, or nothing is expected.</summary>
    public static string? Difference(string what, IReadOnlyList<string>? expected, IReadOnlyList<string> actual)
    {
        if (expected is null || expected.SequenceEqual(actual))
        {
            return null;
        }

        var at = 0;
        while (at < expected.Count && at < actual.Count && expected[at] == actual[at])
        {
            at++;
        }

        var (wanted, got) = (at < expected.Count ? expected[at] : "none", at < actual.Count ? actual[at] : "none");
        return $"Step {at + 1}: the {what} is {got}, not {wanted}.";
    }
}
