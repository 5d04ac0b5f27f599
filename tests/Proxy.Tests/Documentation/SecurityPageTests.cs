using System.Text.RegularExpressions;
using Gateway.Proxy.Tests.Architecture;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>Pages say what is held by which test: each of them must be there, and no requirement may be passed over.</summary>
public sealed partial class SecurityPageTests
{
    private const string Standard = "aisvs/1.0/en";

    private static readonly string Page = MarkdownPages.Read("docs/security.md");

    private static readonly IReadOnlyList<string> Sources =
    [
        .. SourceSizes
            .Tracked("*.cs")
            .Where(file => file.StartsWith(Path.Combine(Repository.Root, "tests"), StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    [Theory]
    [InlineData("docs/security.md")]
    [InlineData("docs/seeds.md")]
    public void Page_NamesOnlyTestsThatThereAre(string page) =>
        Offences.AssertNone(
            from test in Tests().Matches(MarkdownPages.Read(page))
            let method = test.Groups["method"].Value
            where !IsThere(test.Groups["type"].Value, method)
            select $"{page}: there is no test {test.Value}. Name one that there is, or say that it isn't covered."
        );

    [Theory]
    [InlineData("SecurityPageTests", "Nothing_of_the_kind")]
    [InlineData("NothingOfTheKindTests", "")]
    public void Test_ThatIsNotThere_IsMissed(string type, string method) => Assert.False(IsThere(type, method));

    [Fact]
    public void Requirements_ThatAreCovered_NameATest_AndOthersNone() =>
        Offences.AssertNone(
            from row in Rows().Matches(Page)
            where (row.Groups["covered"].Value != "not covered") != Tests().IsMatch(row.Groups["tests"].Value)
            select $"docs/security.md: {row.Groups["id"].Value} must name a test where it is covered, and none where it isn't."
        );

    [Fact]
    public void Requirements_AreThereOnce() =>
        Assert.Equal(
            Rows().Matches(Page).Select(row => row.Groups["id"].Value).Distinct(),
            Rows().Matches(Page).Select(row => row.Groups["id"].Value)
        );

    /// <summary>A chapter with one row has a row for all; one without is named among those left out.</summary>
    [SharedDataFact(Standard)]
    public void Requirements_OfEachChapterThatApplies_AreAllThere_AndNoOther()
    {
        var published = Directory
            .EnumerateFiles(Repository.Shared(Standard), "0x10-C*.md")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Published().Matches(File.ReadAllText(file)).Select(m => m.Groups["id"].Value))
            .ToArray();
        var left = LeftOut().Matches(Page).Select(m => m.Groups["chapter"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(published);
        Assert.Equal(published.Where(id => !left.Contains(id.Split('.')[0])), Rows().Matches(Page).Select(row => row.Groups["id"].Value));
    }

    private static bool IsThere(string type, string method) =>
        Sources.Any(source =>
            Regex.IsMatch(source, $@"\bclass {type}\b")
            && (method.Length == 0 || Regex.IsMatch(source, $@"^    public .* {method}\(", RegexOptions.Multiline))
        );

    [GeneratedRegex(@"^\| (?<id>\d+\.\d+\.\d+) \| (?<covered>yes|partly|not covered) \|[^|]*\|(?<tests>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"`(?<type>[A-Z]\w+(Tests|Contract))(\.(?<method>\w+))?`")]
    private static partial Regex Tests();

    [GeneratedRegex(@"^\* C(?<chapter>\d+) ", RegexOptions.Multiline)]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"^\| \*\*(?<id>\d+\.\d+\.\d+)\*\* \|", RegexOptions.Multiline)]
    private static partial Regex Published();
}
