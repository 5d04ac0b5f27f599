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

        var tools = Trajectory.Difference("tool", fixture.ExpectedTools, Trajectory.Tools(pack));
        var verdicts = Trajectory.Difference("verdict", fixture.ExpectedVerdicts, Trajectory.Verdicts(pack));
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
}
