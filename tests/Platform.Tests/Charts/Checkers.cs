using System.Text.Json;
using Gateway.Testing;
using k8s;

namespace Gateway.Platform.Tests.Charts;

/// <summary>
/// Two readers of manifests, since each alone lets half of the mistakes pass: Kubernetes' published schemas (missing fields, types, words)
/// and the typed models of its C# client (fields that there are not).
/// </summary>
internal static class Checkers
{
    /// <summary>What either refuses, for each of the texts in its order.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ProblemsAsync(IReadOnlyList<string> texts)
    {
        using var folder = new TemporaryDirectory();
        var files = texts.Select((_, i) => folder.File($"{i}.yaml")).ToList();
        foreach (var (file, text) in files.Zip(texts))
        {
            await File.WriteAllTextAsync(file, text);
        }

        var (_, output, error) = await ChartTools.RunAsync("node", [Path.Combine(ChartTools.Checks, "check.mjs"), .. files]);
        Assert.True(output.StartsWith('{'), error);
        var bySchema = JsonSerializer.Deserialize<Dictionary<string, List<string>>>(output)!;
        return [.. files.Zip(texts).Select(one => (IReadOnlyList<string>)[.. bySchema[one.First], .. UnknownFields(one.Second)])];
    }

    private static IEnumerable<string> UnknownFields(string text)
    {
        foreach (var document in text.Split("\n---").Where(part => part.Contains("kind:", StringComparison.Ordinal)))
        {
            string? problem = null;
            try
            {
                KubernetesYaml.LoadAllFromString(document, strict: true);
            }
            catch (KeyNotFoundException)
            {
                // A kind that isn't Kubernetes' own: the schemas have it.
            }
            catch (Exception e) when (e is YamlDotNet.Core.YamlException or JsonException or FormatException or InvalidCastException)
            {
                problem = $"{e.Message} {e.InnerException?.Message}";
            }

            if (problem is not null)
            {
                yield return problem;
            }
        }
    }
}
