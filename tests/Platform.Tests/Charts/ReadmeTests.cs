using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>The chart's README has each value as its comment describes it.</summary>
public sealed class ReadmeTests
{
    [ChartFact]
    public async Task Readme_SaysWhatTheValuesSay()
    {
        using var folder = new TemporaryDirectory();
        var there = Path.Combine(ChartTools.Chart, "README.md");
        var anew = folder.File("README.md");
        File.Copy(there, anew);

        var (exit, output, error) = await ChartTools.RunAsync(
            "node",
            Path.Combine(ChartTools.Checks, "node_modules", "@bitnami", "readme-generator-for-helm", "bin", "index.js"),
            "-v",
            Path.Combine(ChartTools.Chart, "values.yaml"),
            "-r",
            anew
        );

        Assert.True(exit == 0, output + error); // It refuses a value without a comment, and a comment without a value.
        Assert.True(
            await File.ReadAllTextAsync(anew) == await File.ReadAllTextAsync(there),
            "charts/gateway/README.md differs from the comments in its values. Write it anew: scripts/chart_readme.sh"
        );
    }
}
