using System.Text.Json;
using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Tests.Reports;

public sealed class RatiosTests
{
    [Fact]
    public void Ratio_IsTheMedian_OfTheRoundsOwnRatios()
    {
        // The machine slows down by half from round to round; the ratio stays what it is, but for one bad round.
        List<Measurement> measured = [];
        foreach (var (round, (yarp, mine)) in new[] { (800d, 400d), (400d, 200d), (200d, 20d) }.Index())
        {
            measured.Add(Measured.Example with { Target = TargetName.Yarp, Round = round, PerSecond = yarp });
            measured.Add(Measured.Example with { Round = round, PerSecond = mine });
        }

        Assert.Equal(0.5, Ratios.Compute(measured, "model-signed", TargetName.Embedded).Throughput);
    }

    [Fact]
    public void Figure_ThatWasNotMeasured_IsNull() =>
        Assert.Null(Ratios.Compute([Measured.Example], "model-signed", TargetName.Embedded).Throughput);

    [Fact]
    public void Json_HasTheRatiosOfTheFirstScenario_ByTarget()
    {
        var report = LoadReport.Create(
            [Measured.Example with { Target = TargetName.Yarp }, Measured.Example],
            new Dictionary<string, string> { ["nginx"] = "isn't installed" }
        );

        var json = JsonDocument.Parse(LoadJson.Text(report)).RootElement;

        var embedded = json.GetProperty("ratios").GetProperty("embedded");
        Assert.Equal(1, embedded.GetProperty("throughput").GetDouble());
        Assert.Equal(1, embedded.GetProperty("cpu").GetDouble());
        Assert.Equal(JsonValueKind.Null, embedded.GetProperty("p50_added_ms").ValueKind);
        Assert.Equal(JsonValueKind.Null, embedded.GetProperty("p99_added_ms").ValueKind);
        Assert.Equal("isn't installed", json.GetProperty("skipped").GetProperty("nginx").GetString());
    }

    [Fact]
    public void Page_NeedsNothingElse()
    {
        var page = HtmlReport.Render(LoadReport.Create([Measured.Example], new Dictionary<string, string>()), "<text>");

        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("&lt;text&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }
}
