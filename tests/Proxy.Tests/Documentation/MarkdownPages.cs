using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>Every page of the repository, and what its text is made of.</summary>
internal static partial class MarkdownPages
{
    private static readonly string[] NotOurs = ["node_modules", "bin", "obj", "artifacts", "data"];

    /// <summary>Paths under the repository's root, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !path.Split('/').Any(part => NotOurs.Contains(part) || part.StartsWith('.')))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    /// <summary>Fenced blocks: the language (empty for none), and what is inside.</summary>
    public static IEnumerable<(string Language, string Text)> BlocksOf(string page) =>
        Fences().Matches(Read(page)).Select(m => (m.Groups[2].Value, m.Groups[3].Value));

    /// <summary>Targets of links and pictures, outside code.</summary>
    public static IEnumerable<string> LinksOf(string page) =>
        Links().Matches(InlineCode().Replace(Fences().Replace(Read(page), ""), "")).Select(m => m.Groups[1].Value);

    /// <summary>What a heading is linked by: GitHub's rule, lower case with hyphens for spaces and without other metadata.</summary>
    public static IEnumerable<string> AnchorsOf(string page) =>
        Headings()
            .Matches(Fences().Replace(Read(page), ""))
            .Select(m => Metadata().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^([ ]*)```([^\n]*)\n(.*?)^\1```[ ]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#{1,6} (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Metadata();
}
