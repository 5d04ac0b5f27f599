using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Gait.Regress;

/// <summary>The list of fixtures: <c>gait.yaml</c>, which holds JSON.</summary>
/// <param name="Fixtures">Names with the run of each, by name.</param>
public sealed record RegressConfig(string FixtureSet, IReadOnlyList<(string Name, string RunId)> Fixtures)
{
    public const string FileName = "gait.yaml";
    public const string FixturesFolder = "fixtures";
    private const string SchemaId = "gait.regress.config";

    private static readonly ArtifactShape Shape = new(
        new("schema_id", FieldKind.Text, true, null, SchemaId),
        new("schema_version", FieldKind.Text, true, null, ArtifactShape.Version),
        new("fixture_set", FieldKind.Word, true),
        new(
            "fixtures",
            FieldKind.Objects,
            true,
            new ArtifactShape(new ArtifactField("name", FieldKind.Word, true), new ArtifactField("run_id", FieldKind.RunId, true))
        )
    );

    public byte[] ToBytes() =>
        IndentedJson.Write(
            new JsonObject
            {
                ["schema_id"] = SchemaId,
                ["schema_version"] = ArtifactShape.Version,
                ["fixture_set"] = FixtureSet,
                ["fixtures"] = new JsonArray([
                    .. Fixtures.Select(fixture => new JsonObject
                    {
                        ["name"] = fixture.Name,
                        ["run_id"] = fixture.RunId,
                        ["runpack"] = $"{FixturesFolder}/{fixture.Name}/{RegressFixture.PackName}",
                    }),
                ]),
            }
        );

    /// <exception cref="RegressException">It isn't in form, or a fixture's name leads elsewhere.</exception>
    public static RegressConfig Read(ReadOnlySpan<byte> json, string file)
    {
        if (!ArtifactJson.TryParse(json, out var value, out var error) || (error = Shape.Check(value)) is not null)
        {
            throw new RegressException($"{file}: {error}");
        }

        var fixtures = value.Objects("fixtures").Select(fixture => (fixture.Text("name"), fixture.Text("run_id"))).ToList();
        return
            fixtures.Count > 0
            && fixtures.All(fixture => IsFixtureName(fixture.Item1))
            && fixtures.DistinctBy(fixture => fixture.Item1).Count() == fixtures.Count
            ? new RegressConfig(value.Text("fixture_set"), fixtures)
            : throw new RegressException($"{file}: It needs at least one fixture; each name once, of letters, digits, '.', '_' and '-'.");
    }

    public static bool IsFixtureName(string name) => PackLimits.IsName(name) && !name.Contains('/', StringComparison.Ordinal);
}
