using Gateway.Gait.Packs.Runs;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>
/// Whether the other run did what the recorded one did. Without another run there is nothing to compare, and no such grader.
/// </summary>
internal static class DiffGrader
{
    private const string Name = "diff";

    public static GraderResult? Grade(FixtureFiles files)
    {
        var fixture = files.Fixture;
        if (files.Candidate is null)
        {
            return null;
        }

        if (files.CandidateIsRecorded)
        {
            return new GraderResult(
                fixture.Name,
                Name,
                false,
                ["candidate_path_invalid"],
                "The other run is the recorded one: a run always equals itself."
            );
        }

        if (!files.Recorded.TryGet(out var recorded) || !files.Candidate.TryGet(out var candidate))
        {
            return new GraderResult(
                fixture.Name,
                Name,
                false,
                ["diff_error"],
                (files.Candidate.Problem ?? files.Recorded.Problem)?.ToString() ?? ""
            );
        }

        var difference = RunDiff.Compare(recorded, candidate, metadataOnly: false);
        return difference.IsDifferentRun
            ? new GraderResult(fixture.Name, Name, false, ["unexpected_diff"], First(difference))
            : new GraderResult(fixture.Name, Name, true, []);
    }

    private static string First(RunDifference difference)
    {
        var intents = difference.ChangedIntents.Concat(difference.LeftOnlyIntents).Concat(difference.RightOnlyIntents).FirstOrDefault();
        var results = difference.ChangedResults.Concat(difference.LeftOnlyResults).Concat(difference.RightOnlyResults).FirstOrDefault();
        return intents is not null ? $"The intent '{intents}' differs."
            : results is not null ? $"The result of '{results}' differs."
            : $"The context differs: {difference.ContextDrift}.";
    }
}
