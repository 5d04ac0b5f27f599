using Gateway.Gait.Packs;

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

    private static string Code(PackProblem problem) =>
        (problem.Code, problem.Member) switch
        {
            (PackCodes.HashMismatch or PackCodes.ManifestDigest, _) => "hash_mismatch",
            (PackCodes.MissingMember, _) => "missing_files",
            (PackCodes.Schema or PackCodes.MixedVersions or PackCodes.OtherRun, Runpack.ManifestName) => "manifest_schema_invalid",
            (PackCodes.Schema or PackCodes.MixedVersions or PackCodes.OtherRun, Runpack.RunName) => "run_schema_invalid",
            (PackCodes.Schema or PackCodes.MixedVersions or PackCodes.OtherRun, Runpack.RefsName) => "refs_schema_invalid",
            (PackCodes.Schema or PackCodes.MixedVersions or PackCodes.OtherRun, Runpack.IntentsName) => "intent_schema_invalid",
            (PackCodes.Schema or PackCodes.MixedVersions or PackCodes.OtherRun, Runpack.ResultsName) => "result_schema_invalid",
            _ => "runpack_parse_error",
        };
}
