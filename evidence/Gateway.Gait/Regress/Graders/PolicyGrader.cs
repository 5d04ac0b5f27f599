using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>Whether the policy, as it is now, still says of each recorded request what it said when the fixture was made.</summary>
internal static class PolicyGrader
{
    private const string Name = "policy";

    public static GraderResult? Grade(FixtureFiles files)
    {
        var fixture = files.Fixture;
        if (fixture.Cases.Count == 0)
        {
            return null;
        }

        if (files.Policy is not { } policy)
        {
            return Failed(
                fixture,
                "policy_unavailable",
                files.PolicyProblem.Length > 0 ? files.PolicyProblem : "No policy is given, and the fixture has requests for one."
            );
        }

        var at = Time(files);
        foreach (var expected in fixture.Cases)
        {
            if (files.Request(expected.File) is not { } request)
            {
                return Failed(fixture, "policy_intent_missing", $"'{expected.File}' is gone.");
            }

            var actual = policy.Judge(expected.File, request, at);
            if (actual.IntentDigest != expected.IntentDigest)
            {
                return Failed(fixture, "policy_intent_changed", $"'{expected.File}' isn't the request that was recorded.");
            }

            if (expected.Difference(actual) is var (code, detail))
            {
                return Failed(fixture, code, detail);
            }
        }

        return new GraderResult(fixture.Name, Name, true, []);
    }

    /// <summary>The run's own time, so that the answer is the same on every day.</summary>
    private static DateTimeOffset Time(FixtureFiles files) =>
        files.Recorded.TryGet(out var pack) ? FixtureTime.Of(pack) : DateTimeOffset.UnixEpoch;

    private static GraderResult Failed(RegressFixture fixture, string code, string detail) =>
        new(fixture.Name, Name, false, [code], detail);
}
