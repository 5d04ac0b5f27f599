using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Runs;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>Whether the run called the same tools in the same order, with the same verdicts.</summary>
internal static class TrajectoryGrader
{
    private const string Name = "trajectory";

    public static GraderResult Grade(FixtureFiles files)
    {
        var fixture = files.Fixture;
        if (fixture.ExpectedTools is null && fixture.ExpectedVerdicts is null)
        {
            return new GraderResult(fixture.Name, Name, true, ["trajectory_not_required"]);
        }

        if (!files.Graded.TryGet(out var pack))
        {
            return new GraderResult(fixture.Name, Name, false, ["candidate_runpack_invalid"], files.Graded.Problem?.ToString() ?? "");
        }

        var tools = Difference("tool", fixture.ExpectedTools, Tools(pack));
        var verdicts = Difference("verdict", fixture.ExpectedVerdicts, Verdicts(pack));
        var codes = new List<string>();
        if (tools is not null)
        {
            codes.Add("unexpected_tool_sequence");
        }

        if (verdicts is not null)
        {
            codes.Add("unexpected_verdict_sequence");
        }

        return codes.Count > 0
            ? new GraderResult(fixture.Name, Name, false, codes, tools ?? verdicts!)
            : new GraderResult(fixture.Name, Name, true, ["trajectory_match"]);
    }

    public static IReadOnlyList<string> Tools(Runpack pack) => [.. pack.Intents.Select(intent => intent.Text("tool_name"))];

    /// <summary>One an intent; <c>missing</c> where it has no result.</summary>
    public static IReadOnlyList<string> Verdicts(Runpack pack)
    {
        var results = pack.Results.ToDictionary(result => result.Text("intent_id"), RecordedVerdict.Parse, StringComparer.Ordinal);
        return [.. pack.Intents.Select(intent => results.GetValueOrDefault(intent.Text("intent_id"), "missing"))];
    }

    private static string? Difference(string what, IReadOnlyList<string>? expected, IReadOnlyList<string> actual)
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
