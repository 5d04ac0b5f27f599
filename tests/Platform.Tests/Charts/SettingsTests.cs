using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>What the chart renders is what the product takes.</summary>
public sealed class SettingsTests
{
    /// <summary>By the real command, in the pod of the replicas and in the one that checks before an upgrade.</summary>
    [ChartFact]
    public async Task RenderedSettingsAndDocuments_PassTheCheckOfTheProduct()
    {
        await Parallel.ForEachAsync(
            Rendering.Cases,
            new ParallelOptions { MaxDegreeOfParallelism = 3 },
            async (@case, _) =>
            {
                var rendering = (await Rendering.OfCaseAsync(@case)).Made();
                foreach (
                    var pod in rendering.Pods.Where(pod =>
                        pod.Name.StartsWith("StatefulSet", StringComparison.Ordinal) || IsCheckOfAll(@case, pod.Name)
                    )
                )
                {
                    using var files = new PodFiles(rendering, pod.Spec);
                    var run = await files.RunAsync("config check");

                    Assert.True(run.Exit == 0, $"{@case}, {pod.Name}: {run.Output}{run.Error}");
                }
            }
        );
    }

    /// <summary>It has the same settings; so once, where there is most of them, is enough.</summary>
    private static bool IsCheckOfAll(string @case, string pod) => @case == "production" && pod.StartsWith("Job", StringComparison.Ordinal);

    [ChartFact]
    public async Task Termination_LeavesTimeForDrainAndGraceAndTenSeconds() =>
        Assert.Equal(
            120,
            (await Rendering.WithAsync("defaults", "drainSeconds: 20\ngraceSeconds: 90")).Gateway[
                "terminationGracePeriodSeconds"
            ]!.GetValue<decimal>()
        );

    /// <summary>Written anew with GATEWAY_WRITE_DOCS=1 where the product has another setting.</summary>
    [Fact]
    public void KnownSettings_AreThoseOfTheProduct()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var sections = page[..page.IndexOf("<!-- settings: end", StringComparison.Ordinal)].Split("### `Gateway:")[1..];
        var known = sections.Select(section =>
        {
            var rows = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
            return $"{section.Split('`')[0]}: [{string.Join(", ", rows.Select(row => row.Split('`')[1]))}]\n";
        });
        var text =
            "# The product's settings by section, as docs/configuration.md lists them; a test writes this from there.\n"
            + string.Concat(known);

        var file = Path.Combine(ChartTools.Chart, "files", "settings.yaml");
        if (GeneratedFile.MayWrite)
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(text, File.ReadAllText(file));
    }
}
