using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Regress.Fixtures;

/// <summary>A fixture as it lies, with what it is to be compared with.</summary>
/// <param name="Fixture">What is expected.</param>
/// <param name="Recorded">The recorded pack, read.</param>
/// <param name="Candidate">Another run, read; null where there is none.</param>
/// <param name="CandidateIsRecorded">Whether somebody gave the recorded pack's own file as the other run.</param>
public sealed record FixtureFiles(RegressFixture Fixture, RunpackReading Recorded, RunpackReading? Candidate, bool CandidateIsRecorded)
{
    /// <summary>Reads a case's request; null where it is gone.</summary>
    public required Func<string, byte[]?> Request { get; init; }

    /// <summary>The policy that the cases are judged by now; null where the fixture has none.</summary>
    public PolicyJudge? Policy { get; init; }

    /// <summary>Why the policy can't be had, where the fixture has one; empty otherwise.</summary>
    public string PolicyProblem { get; init; } = "";

    /// <summary>The run that is graded: the other one, or where there is none the recorded one against what the fixture says.</summary>
    public RunpackReading Graded => Candidate ?? Recorded;

    /// <summary>What is left untested, as a warning; null for nothing.</summary>
    public string? Untested =>
        Candidate is null && Fixture.Cases.Count == 0
            ? $"The fixture '{Fixture.Name}' has neither another run nor a policy: only the recording itself was tested."
            : null;
}

/// <summary>When a recorded run was.</summary>
public static class FixtureTime
{
    public static DateTimeOffset Of(Runpack pack) =>
        GoTime.TryParse(pack.Run.Text("created_at"), out var time) ? new DateTimeOffset(time.Utc, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
