using System.Globalization;
using Gateway.Gait.Packs.Runs;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>Whether the run replays as it should.</summary>
internal static class ReplayGrader
{
    private const string Name = "expected_exit_code";
    private const int Missing = 2;

    public static GraderResult Grade(FixtureFiles files)
    {
        var fixture = files.Fixture;
        if (!files.Graded.TryGet(out var pack))
        {
            return new GraderResult(fixture.Name, Name, false, ["replay_error"], files.Graded.Problem?.ToString() ?? "");
        }

        var exit = RunReplay.IsWhole(RunReplay.Steps(pack)) ? 0 : Missing;
        return exit == fixture.ExpectedReplayExitCode
            ? new GraderResult(fixture.Name, Name, true, [])
            : new GraderResult(
                fixture.Name,
                Name,
                false,
                ["unexpected_exit_code"],
                string.Create(CultureInfo.InvariantCulture, $"The replay ends with {exit}, not {fixture.ExpectedReplayExitCode}.")
            );
    }
}
