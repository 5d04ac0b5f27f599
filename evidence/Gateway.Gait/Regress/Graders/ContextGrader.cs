using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Runs;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>Whether the run had the context that it should have. Graded where the fixture or the command asks.</summary>
internal static class ContextGrader
{
    private const string Name = "context_conformance";

    public static GraderResult? Grade(FixtureFiles files, bool asked, bool allowRuntimeDrift)
    {
        var fixture = files.Fixture;
        if (!asked && !fixture.ContextRequired)
        {
            return null;
        }

        if (!files.Recorded.TryGet(out var recorded) || !files.Graded.TryGet(out var graded))
        {
            return Failed(fixture, "context_evidence_missing", "missing");
        }

        var digest = graded.Refs.Text("context_set_digest");
        if (digest.Length == 0 || fixture.ExpectedContextDigest.Length == 0)
        {
            return Failed(fixture, "context_evidence_missing", "missing");
        }

        if (digest != fixture.ExpectedContextDigest)
        {
            return Failed(fixture, "context_set_digest_mismatch", "semantic");
        }

        return ContextDrift.Compare(recorded.Refs, graded.Refs) switch
        {
            ContextDrift.Semantic => Failed(fixture, "context_semantic_drift", "semantic"),
            ContextDrift.RuntimeOnly when !allowRuntimeDrift && !fixture.AllowRuntimeDrift => Failed(
                fixture,
                "context_runtime_drift_blocked",
                "runtime_only"
            ),
            var drift => new GraderResult(fixture.Name, Name, true, []) { Context = drift },
        };
    }

    private static GraderResult Failed(RegressFixture fixture, string code, string context) =>
        new(fixture.Name, Name, false, [code]) { Context = context };
}
