using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>Where the page says that something is added, there it is added: every file is there, and no row has many.</summary>
public sealed partial class ArchitecturePageTests
{
    /// <value>More than this is a thing that is spread over the house.</value>
    private const int MostFiles = 8;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    public static TheoryData<string> Rows => [.. WhereToAdd().Select(row => row.Split('|')[1].Trim())];

    [Theory]
    [InlineData("a door")]
    [InlineData("a rate limit")]
    [InlineData("an obligation")]
    [InlineData("a member of a record")]
    [InlineData("an operators' endpoint")]
    [InlineData("a credential provider")]
    [InlineData("a command")]
    public void Page_SaysWhereItIsAdded(string thing) => Assert.Contains(thing, WhereToAdd().Select(row => row.Split('|')[1].Trim()));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_NamesFilesThatAreThere_AndAtMostEight(string thing)
    {
        var row = WhereToAdd().Single(row => row.Split('|')[1].Trim() == thing);
        var paths = Paths().Matches(row).Select(match => match.Groups[1].Value).ToList();

        Assert.InRange(paths.Count, 1, MostFiles);
        Assert.All(
            paths.Where(path => !path.Contains('…', StringComparison.Ordinal)),
            path => Assert.True(File.Exists(Full(path)) || Directory.Exists(Full(path)), $"{path} isn't there.")
        );
    }

    private static IEnumerable<string> WhereToAdd() =>
        Page[Page.IndexOf("## Where to add", StringComparison.Ordinal)..]
            .Split('\n')
            .Where(line => line.StartsWith("| a", StringComparison.Ordinal));

    private static string Full(string path) => Path.Combine(Repository.Root, path);

    /// <summary>Paths from the repository's root, as code; one that somebody makes has a <c>…</c> for its name.</summary>
    [GeneratedRegex(@"`([\w.…-]+(?:/[\w.…-]+)+/?)`")]
    private static partial Regex Paths();
}
