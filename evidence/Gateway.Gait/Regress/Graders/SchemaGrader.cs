using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>Whether the recorded pack is whole, and still the one that was recorded.</summary>
internal static class SchemaGrader
{
    private const string Name = "schema_validation";

    public static GraderResult Grade(FixtureFiles files)
    {
        var fixture = files.Fixture;
        if (files.Recorded.Problem is { } problem)
        {
            return new GraderResult(fixture.Name, Name, false, [Code(problem)], problem.ToString());
        }

        if (!files.Recorded.TryGet(out var pack))
        {
            return new GraderResult(fixture.Name, Name, false, ["runpack_parse_error"]);
        }

        return pack.RunId != fixture.RunId || (fixture.ManifestDigest.Length > 0 && pack.ManifestDigest != fixture.ManifestDigest)
            ? new GraderResult(
                fixture.Name,
                Name,
                false,
                ["fixture_replaced"],
                $"The pack is of {pack.RunId} with the manifest {pack.ManifestDigest}, not the one that was recorded."
            )
            : new GraderResult(fixture.Name, Name, true, []);
    }

    private static string Code(ArtifactProblem problem) =>
        (problem.Code, problem.Member) switch
        {
            (ProblemCodes.HashMismatch or ProblemCodes.ManifestDigest, _) => "hash_mismatch",
            (ProblemCodes.MissingMember, _) => "missing_files",
            (ProblemCodes.Schema or ProblemCodes.MixedVersions or ProblemCodes.OtherRun, Runpack.ManifestName) => "manifest_schema_invalid",
            (ProblemCodes.Schema or ProblemCodes.MixedVersions or ProblemCodes.OtherRun, Runpack.RunName) => "run_schema_invalid",
            (ProblemCodes.Schema or ProblemCodes.MixedVersions or ProblemCodes.OtherRun, Runpack.RefsName) => "refs_schema_invalid",
            (ProblemCodes.Schema or ProblemCodes.MixedVersions or ProblemCodes.OtherRun, Runpack.IntentsName) => "intent_schema_invalid",
            (ProblemCodes.Schema or ProblemCodes.MixedVersions or ProblemCodes.OtherRun, Runpack.ResultsName) => "result_schema_invalid",
            _ => "runpack_parse_error",
        };
}
