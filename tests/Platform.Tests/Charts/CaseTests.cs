using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>What the chart makes of each file in <c>ci</c>.</summary>
public sealed class CaseTests
{
    /// <summary>Their whole rendering is beside this file, so that a change of a template is seen in full.</summary>
    private static readonly string[] Golden = ["defaults", "cilium"];

    [ChartFact]
    public async Task Cases_AreRenderedAlikeByBothHelms()
    {
        foreach (var @case in Rendering.Cases)
        {
            var texts = await Task.WhenAll(ChartTools.Helms.Select(helm => Rendering.OfCaseAsync(@case, helm)));

            Assert.All(texts, text => text.Made());
            Assert.Equal(texts[0].Text, texts[1].Text);
        }
    }

    [ChartFact]
    public async Task Cases_ArePassedByBothCheckers()
    {
        var texts = await Task.WhenAll(Rendering.Cases.Select(async @case => (await Rendering.OfCaseAsync(@case)).Made().Text));

        Assert.All(await Checkers.ProblemsAsync(texts), Assert.Empty);
    }

    [ChartFact]
    public async Task Cases_HaveOnlyPodsThatPodSecurityRestrictedLetsIn()
    {
        var pods = await Task.WhenAll(Rendering.Cases.Select(async @case => (await Rendering.OfCaseAsync(@case)).Made().Pods.ToList()));

        Assert.All(pods, each => Assert.Equal(3, each.Count)); // The replicas, the check before an upgrade, the test.
        Assert.All(pods.SelectMany(each => each), pod => Assert.Empty(PodSecurity.Problems(pod.Name, pod.Spec)));
    }

    [ChartFact]
    public async Task GoldenCases_AreAsTheyWere()
    {
        foreach (var @case in Golden)
        {
            var file = Path.Combine(Repository.Root, "tests", "Platform.Tests", "Charts", "Golden", $"{@case}.yaml");
            var text = (await Rendering.OfCaseAsync(@case)).Made().Text;
            if (GeneratedFile.MayWrite)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text);
            }

            Assert.True(
                File.Exists(file) && await File.ReadAllTextAsync(file) == text,
                $"{file} differs. Look at what changed: GATEWAY_WRITE_DOCS=1 dotnet test tests/Platform.Tests -c Release --filter Golden"
            );
        }
    }
}
