using System.Text.Json;
using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Results;

namespace Gateway.LoadTests.Budgets;

/// <summary>The bounds of <c>loadtests/budgets.json</c> that a run is held to.</summary>
public static class RatioBudgets
{
    /// <summary>Right answers may be missing this often; more of them, and no other figure means anything.</summary>
    private const double MostFailed = 0.001;

    /// <param name="json">The file's text.</param>
    /// <exception cref="JsonException">It isn't of the form that docs/load.md describes.</exception>
    public static IReadOnlyList<BudgetRow> Check(string json, LoadReport report)
    {
        var measured = JsonSerializer.SerializeToElement(report.Ratios, LoadJson.Options);
        var rows = new List<BudgetRow>();
        using var document = JsonDocument.Parse(json);
        foreach (var target in document.RootElement.GetProperty("ratios").EnumerateObject())
        {
            foreach (var figure in target.Value.EnumerateObject())
            {
                rows.Add(Row(target.Name, figure, measured));
            }
        }

        rows.AddRange(Soaked(report.Soak));
        rows.AddRange(
            report.Ratios.Keys.Select(target => new BudgetRow(
                $"{target}.failed_share",
                BudgetSide.AtMost,
                MostFailed,
                Failed(report, target)
            ))
        );
        return rows;
    }

    /// <summary>
    /// Nothing is lost, all else is flat. A median may rise by half: it is of milliseconds on a machine that others use too.
    /// </summary>
    private static IEnumerable<BudgetRow> Soaked(SoakResult? soak) =>
        soak is null
            ? []
            :
            [
                new("soak.lost", BudgetSide.AtMost, 0, soak.Lost),
                new("soak.open", BudgetSide.AtMost, 0, soak.OpenUnexplained),
                new("soak.journal_problems", BudgetSide.AtMost, 0, soak.Problem is null ? 0 : 1),
                new(
                    "soak.failed_share",
                    BudgetSide.AtMost,
                    MostFailed,
                    soak.Answered > 0 ? (double)soak.Failed / (soak.Answered + soak.Failed) : 1
                ),
                new("soak.memory_growth", BudgetSide.AtMost, 1.1, soak.MemoryGrowth),
                new("soak.p50_growth", BudgetSide.AtMost, 1.5, soak.P50Growth),
            ];

    private static BudgetRow Row(string target, JsonProperty figure, JsonElement measured)
    {
        double? found =
            measured.TryGetProperty(target, out var ratios)
            && (
                ratios.TryGetProperty(figure.Name, out var value)
                    ? value
                    : throw new JsonException($"ratios.{target}.{figure.Name}: there is no such figure.")
            ).ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : null;
        var bound = figure.Value.EnumerateObject().Single();
        var side = bound.Name switch
        {
            "min" => BudgetSide.AtLeast,
            "max" => BudgetSide.AtMost,
            _ => throw new JsonException($"ratios.{target}.{figure.Name}: '{bound.Name}' is neither min nor max."),
        };
        return new BudgetRow($"{target}.{figure.Name}", side, bound.Value.GetDouble(), found);
    }

    private static double Failed(LoadReport report, string target) =>
        report.Measurements.Where(m => m.Target.ToString().Equals(target, StringComparison.OrdinalIgnoreCase)).Max(m => m.FailedShare);
}
