using System.Text.Json.Nodes;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>What helm makes of the chart and some values, or what it says against them.</summary>
internal sealed record Rendering(int Exit, string Text, string Error)
{
    public const string Namespace = "agents";

    /// <summary>The files of values that the chart is tried with, by name.</summary>
    public static IReadOnlyList<string> Cases { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(ChartTools.Chart, "ci"), "*-values.yaml")
            .Select(file => Path.GetFileName(file).Replace("-values.yaml", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string FileOf(string @case) => Path.Combine(ChartTools.Chart, "ci", $"{@case}-values.yaml");

    public IReadOnlyList<JsonNode> Objects => field ??= [.. Yaml.All(Text)];

    public static Task<Rendering> OfCaseAsync(string @case, string helm = "helm4") => OfAsync(helm, ["-f", FileOf(@case)]);

    /// <summary>Of values that are written as YAML, over a case.</summary>
    public static async Task<Rendering> WithAsync(string @case, string values, string helm = "helm4")
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.File("values.yaml"), values);
        return await OfAsync(helm, ["-f", FileOf(@case), "-f", folder.File("values.yaml")]);
    }

    public static async Task<Rendering> OfAsync(string helm, IEnumerable<string> arguments, string? chart = null)
    {
        var (exit, output, error) = await ChartTools.RunAsync(
            ChartTools.PathOf(helm),
            ["template", "gw", chart ?? ChartTools.Chart, "--namespace", Namespace, "--kube-version", "1.29.0", .. arguments]
        );
        return new Rendering(exit, output, error);
    }

    public Rendering Made()
    {
        Assert.True(Exit == 0, Error);
        return this;
    }

    public JsonNode The(string kind, string name) =>
        Assert.Single(Objects, o => o["kind"]!.GetValue<string>() == kind && o["metadata"]!["name"]!.GetValue<string>() == name);

    public IEnumerable<JsonNode> All(string kind) => Objects.Where(o => o["kind"]!.GetValue<string>() == kind);

    /// <summary>The specifications of all pods, by the object that makes them.</summary>
    public IEnumerable<(string Name, JsonNode Spec)> Pods =>
        Objects
            .Select(o =>
                (
                    $"{o["kind"]} {o["metadata"]!["name"]}",
                    o["kind"]!.GetValue<string>() == "Pod" ? o["spec"] : o["spec"]?["template"]?["spec"]
                )
            )
            .Where(pod => pod.Item2 is not null)
            .Select(pod => (pod.Item1, pod.Item2!));

    public JsonNode Gateway => Pods.First(pod => pod.Name.StartsWith("StatefulSet", StringComparison.Ordinal)).Spec;
}
