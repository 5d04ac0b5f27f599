using System.Text.Json.Nodes;

namespace Gateway.Platform.Tests.Charts;

/// <summary>The schema of the values knows each of them and nothing else.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(ChartTools.Chart, "values.schema.json")))!;
    private static readonly JsonNode Values = Yaml.One(File.ReadAllText(Path.Combine(ChartTools.Chart, "values.yaml")));

    [Fact]
    public void Schema_KnowsTheValuesOfEachLevel_AndNoOther() => Compare(Schema, Values, "");

    /// <summary>Each object says whose names it knows: those of its properties, or any, with what they hold.</summary>
    [Fact]
    public void Schema_IsClosed_WhereItNamesValues() =>
        Assert.All(
            Objects(Schema).Where(one => one["properties"] is not null && one.Parent?["global"] != one),
            one => Assert.Equal("false", one["additionalProperties"]?.ToJsonString())
        );

    [ChartFact]
    public async Task UnknownAndMistypedValues_AreRefusedTogether_WithTheirPaths()
    {
        foreach (var helm in ChartTools.Helms)
        {
            var rendering = await Rendering.WithAsync(
                "defaults",
                """
                replicaCounts: 2
                redis: {endpoint: x, tls: {enabled: 'yes'}}
                persistence: {sizes: 1Gi}
                probes: {liveness: {timeout: 1}}
                """,
                helm
            );

            Assert.NotEqual(0, rendering.Exit);
            Assert.Empty(rendering.Text);
            Assert.All(
                ["replicaCounts", "endpoint", "redis", "enabled", "persistence", "sizes", "liveness", "timeout"],
                name => Assert.Contains(name, rendering.Error, StringComparison.Ordinal)
            );
        }
    }

    [ChartFact]
    public async Task Global_TakesWhatChartsAboveShare() =>
        (await Rendering.WithAsync("defaults", "global: {anything: {at: [all]}}")).Made();

    private static void Compare(JsonNode schema, JsonNode? values, string path)
    {
        if (values is not JsonObject map || schema["properties"] is not JsonObject known || path == "global" || map.Count == 0)
        {
            return;
        }

        Assert.Equal(
            map.Select(pair => pair.Key).Order(StringComparer.Ordinal),
            known.Select(pair => pair.Key).Order(StringComparer.Ordinal)
        );
        Assert.All(map, pair => Compare(known[pair.Key]!, pair.Value, pair.Key));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonObject one => [one, .. one.SelectMany(pair => Objects(pair.Value))],
            JsonArray many => many.SelectMany(Objects),
            _ => [],
        };
}
