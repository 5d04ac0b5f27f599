using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress.Graders;

/// <summary>All graders, each asked about every fixture.</summary>
internal static class FixtureGrades
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<GraderResult> Of(IReadOnlyList<FixtureFiles> fixtures, bool contextConformance, bool allowRuntimeDrift) =>
        [
            .. fixtures
                .SelectMany(files => OfOne(files, contextConformance, allowRuntimeDrift))
                .OrderBy(grader => grader.Name, StringComparer.Ordinal),
        ];

    private static IEnumerable<GraderResult> OfOne(FixtureFiles files, bool contextConformance, bool allowRuntimeDrift)
    {
        GraderResult?[] graders =
        [
            SchemaGrader.Grade(files),
            ReplayGrader.Grade(files),
            TrajectoryGrader.Grade(files),
            DiffGrader.Grade(files),
            PolicyGrader.Grade(files),
            ContextGrader.Grade(files, contextConformance, allowRuntimeDrift),
        ];
        return graders.OfType<GraderResult>();
    }
}
