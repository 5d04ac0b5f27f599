using Gateway.Proxy.Tests.Architecture;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

public sealed class LinkTests
{
    [Fact]
    public void Links_LeadToSomething() =>
        Offences.AssertNone(
            MarkdownPages.All.SelectMany(page => MarkdownPages.LinksOf(page).Select(link => Against(page, link)).OfType<string>())
        );

    [Theory]
    [InlineData("docs/README.md", "nowhere.md")]
    [InlineData("docs/README.md", "keys.md#nothing")]
    [InlineData("docs/README.md", "#nothing")]
    [InlineData("docs/README.md", "/docs/keys.md")]
    public void Link_ThatLeadsNowhere_IsFound(string page, string link) => Assert.NotNull(Against(page, link));

    [Theory]
    [InlineData("docs/README.md", "keys.md#agents-keys")]
    [InlineData("docs/README.md", "../samples/governance/")]
    [InlineData("docs/README.md", "https://example.com/nothing")]
    public void Link_ThatLeadsSomewhere_IsFine(string page, string link) => Assert.Null(Against(page, link));

    [Fact]
    public void Index_HasEveryPageOfTheFolderOnce() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
                .Select(Path.GetFileName)
                .Where(name => name != "README.md")
                .Order(StringComparer.Ordinal),
            MarkdownPages
                .LinksOf("docs/README.md")
                .Where(link => !link.Contains('/', StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    private static string? Against(string page, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal))
        {
            return null; // Elsewhere: a test must not depend on the network.
        }

        var parts = link.Split('#', 2);
        var target =
            parts[0].Length == 0
                ? page
                : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]));
        var full = Path.Combine(Repository.Root, target);
        if (link.StartsWith('/') || (!File.Exists(full) && !Directory.Exists(full)))
        {
            return $"{page}: the link '{link}' leads to nothing. Write it relative to the page.";
        }

        return parts.Length == 1 || (File.Exists(full) && MarkdownPages.AnchorsOf(target).Contains(parts[1]))
            ? null
            : $"{page}: the link '{link}' names a heading that {target} doesn't have.";
    }
}
