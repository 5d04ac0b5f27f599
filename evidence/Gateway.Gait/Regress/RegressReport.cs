using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Gait.Regress.Graders;

namespace Gateway.Gait.Regress;

/// <summary>What a set of fixtures came to. The same fixtures always give the same report.</summary>
public sealed record RegressReport
{
    private const string Epoch = "1980-01-01T00:00:00Z";

    public required string FixtureSet { get; init; }

    /// <summary>The first fixture's run time.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<GraderResult> Graders { get; init; }
    public required IReadOnlyDictionary<string, string> RunIds { get; init; }

    /// <summary>What was left untested.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Nothing graded is no pass.</summary>
    public bool Passed => Graders.Count > 0 && Graders.All(grader => grader.Passed);

    public GraderResult? FirstFailure => Graders.FirstOrDefault(grader => !grader.Passed);

    public static RegressReport Grade(
        string fixtureSet,
        IReadOnlyList<FixtureFiles> fixtures,
        bool contextConformance,
        bool allowRuntimeDrift
    )
    {
        return new RegressReport
        {
            FixtureSet = fixtureSet,
            CreatedAt = fixtures.Count > 0 && fixtures[0].Recorded.TryGet(out var pack) ? pack.Run.Text("created_at") : Epoch,
            Graders = FixtureGrades.Of(fixtures, contextConformance, allowRuntimeDrift),
            RunIds = fixtures.ToDictionary(files => files.Fixture.Name, files => files.Fixture.RunId, StringComparer.Ordinal),
            Warnings = [.. fixtures.Select(files => files.Untested).OfType<string>()],
        };
    }

    public byte[] ToBytes(string producerVersion) =>
        IndentedJson.Write(
            new JsonObject
            {
                ["schema_id"] = "gait.regress.result",
                ["schema_version"] = ArtifactShape.Version,
                ["created_at"] = CreatedAt,
                ["producer_version"] = producerVersion,
                ["fixture_set"] = FixtureSet,
                ["status"] = Passed ? "pass" : "fail",
                ["graders"] = new JsonArray([.. Graders.Select(grader => grader.ToJson(RunIds[grader.Fixture]))]),
            }
        );
}
