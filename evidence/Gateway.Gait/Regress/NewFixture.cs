using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Runs;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Gait.Regress.Graders;

namespace Gateway.Gait.Regress;

/// <summary>A fixture made from a run, before it is written.</summary>
/// <param name="Requests">Files inside the fixture's folder, with their content.</param>
/// <param name="Warnings">Where the policy says something else than what was recorded.</param>
public sealed record NewFixture(
    RegressFixture Fixture,
    IReadOnlyList<(string File, byte[] Content)> Requests,
    IReadOnlyList<string> Warnings
)
{
    private const string Folder = "intents";

    /// <param name="requests">Whole requests to judge, in order; none makes them from the run's calls, as far as those say.</param>
    /// <param name="judge">Null where the fixture has no policy.</param>
    public static NewFixture Create(Runpack pack, string name, IReadOnlyList<byte[]> requests, PolicyJudge? judge, string policy)
    {
        var verdicts = Trajectory.Verdicts(pack);
        var fixture = new RegressFixture
        {
            Name = name,
            RunId = pack.RunId,
            ManifestDigest = pack.ManifestDigest,
            ExpectedReplayExitCode = RunReplay.IsWhole(RunReplay.Steps(pack)) ? 0 : 2,
            ExpectedTools = Trajectory.Tools(pack),
            ExpectedVerdicts = verdicts,
            ExpectedContextDigest = pack.Refs.Text("context_set_digest"),
            ContextRequired = pack.Refs.Text("context_evidence_mode") == "required",
        };
        if (judge is null)
        {
            return new NewFixture(fixture, [], []);
        }

        var files = (requests.Count > 0 ? requests : [.. pack.Intents.Select(RecordedRequest.Of)])
            .Select((content, i) => (File: $"{Folder}/intent_{i + 1:D4}.json", Content: content))
            .ToList();
        var cases = files.Select(file => judge.Judge(file.File, file.Content, FixtureTime.Of(pack))).ToList();
        return new NewFixture(fixture with { Policy = policy, Cases = cases }, files, [.. Differences(cases, verdicts)]);
    }

    private static IEnumerable<string> Differences(List<RegressCase> cases, IReadOnlyList<string> recorded) =>
        cases
            .Zip(recorded)
            .Where(pair => pair.First.ExpectedVerdict != pair.Second)
            .Select(pair =>
                $"'{pair.First.File}': the run has {pair.Second}, and the policy says {pair.First.ExpectedVerdict}. "
                + "From now on the policy's is expected."
            );
}
