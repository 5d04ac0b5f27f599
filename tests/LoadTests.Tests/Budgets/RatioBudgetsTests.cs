using System.Text.Json;
using Gateway.LoadTests.Budgets;
using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Results;

namespace Gateway.LoadTests.Tests.Budgets;

public sealed class RatioBudgetsTests
{
    [Theory]
    [InlineData(0.8, 1.2, false)]
    [InlineData(0.7, 1.2, true)]
    [InlineData(0.8, 1.4, true)]
    [InlineData(double.NaN, 1.2, true)]
    public void Figure_OutOfItsBound_BreaksItsBudget(double throughput, double cpu, bool broken)
    {
        BudgetRow[] rows = [new("a", BudgetSide.AtLeast, 0.75, throughput), new("b", BudgetSide.AtMost, 1.35, cpu)];

        Assert.Equal(broken, rows.Any(row => row.Broken));
    }

    [Fact]
    public void Row_WithoutASide_IsBroken() => Assert.True(new BudgetRow("a", default, 0, 0).Broken);

    [Fact]
    public void File_NamesOnlyFigures_ThatAReportHas()
    {
        var rows = RatioBudgets.Check(File.ReadAllText(Targets.Artifacts.BudgetsFile), Report(new Ratios { Throughput = 0.5 }));

        Assert.Contains(rows, row => row is { Name: "embedded.throughput", Broken: true });
        Assert.Contains(rows, row => row is { Name: "embedded.cpu", Measured: null, Broken: false });
    }

    [Fact]
    public void File_WithAFigureThatNoReportHas_IsRefused()
    {
        var error = Assert.Throws<JsonException>(() =>
            RatioBudgets.Check("""{"ratios":{"embedded":{"speed":{"min":1}}}}""", Report(new Ratios()))
        );

        Assert.Contains("ratios.embedded.speed", error.Message, StringComparison.Ordinal);
    }

    private static LoadReport Report(Ratios embedded)
    {
        var ratios = new Dictionary<string, Ratios> { ["embedded"] = embedded };
        return LoadReport.Create([Reports.Measured.Example], new Dictionary<string, string>()) with { Ratios = ratios };
    }
}
