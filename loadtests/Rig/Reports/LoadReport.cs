using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.LoadTests.Results;

namespace Gateway.LoadTests.Reports;

/// <summary>All that a run found, as it is written to JSON.</summary>
public sealed record LoadReport
{
    public required DateTimeOffset Taken { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>The scenario that <see cref="Ratios"/> are of.</summary>
    public required string Scenario { get; init; }

    /// <summary>By target.</summary>
    public required IReadOnlyDictionary<string, Ratios> Ratios { get; init; }

    /// <summary>By scenario, then by target.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Ratios>> Scenarios { get; init; }

    /// <summary>Targets that were left out, with why.</summary>
    public required IReadOnlyDictionary<string, string> Skipped { get; init; }

    public required IReadOnlyList<Measurement> Measurements { get; init; }

    public IReadOnlyList<BudgetRow> Budgets { get; init; } = [];

    public FloodResult? Flood { get; init; }

    public FirstFigures? Firsts { get; init; }

    public SoakResult? Soak { get; init; }

    public IReadOnlyList<Series> Series { get; init; } = [];

    public static LoadReport Create(IReadOnlyList<Measurement> measurements, IReadOnlyDictionary<string, string> skipped)
    {
        var scenarios = measurements
            .Select(m => m.Scenario)
            .Distinct()
            .ToDictionary(scenario => scenario, scenario => RatiosOf(measurements, scenario));
        var first = measurements.Count > 0 ? measurements[0].Scenario : "";
        return new LoadReport
        {
            Taken = TimeProvider.System.GetUtcNow(),
            Machine = Machine.Here(),
            Scenario = first,
            Ratios = scenarios.GetValueOrDefault(first) ?? new Dictionary<string, Ratios>(),
            Scenarios = scenarios,
            Skipped = skipped,
            Measurements = measurements,
        };
    }

    private static IReadOnlyDictionary<string, Ratios> RatiosOf(IReadOnlyList<Measurement> measurements, string scenario) =>
        measurements
            .Where(m => m.Scenario == scenario)
            .Select(m => m.Target)
            .Distinct()
            .ToDictionary(target => target.ToString().ToLowerInvariant(), target => Reports.Ratios.Compute(measurements, scenario, target));
}

/// <summary>How a report is written: names and words in small letters with underscores.</summary>
internal static class LoadJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Text(LoadReport report) => JsonSerializer.Serialize(report, Options) + "\n";
}
