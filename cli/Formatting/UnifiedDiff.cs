using DiffPlex.Renderer;

namespace Gateway.Cli.Formatting;

/// <summary>The difference of two texts, line by line, as <c>diff -u</c> shows it.</summary>
internal static class UnifiedDiff
{
    public static IEnumerable<string> Compute(string path, string before, string after) =>
        UnidiffRenderer.GenerateUnidiff(before, after, path, $"{path} (formatted)", ignoreWhitespace: false).TrimEnd('\n').Split('\n');
}
