using Gateway.Policy.Evaluation;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Documentation;

/// <summary>The page shows the tables that the code decides by. Run once with GATEWAY_WRITE_DOCS=1 to write them anew.</summary>
public sealed class DecisionsPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "decisions.md");

    [Fact]
    public void Page_ShowsTheBoundaryTableOfTheCode() => Compare("boundary", BoundaryTable.ToMarkdown());

    [Fact]
    public void Page_ShowsTheDecisionTableOfTheCode() => Compare("failures", DecisionTable.ToMarkdown());

    private static void Compare(string name, string table)
    {
        var (begin, end) = ($"<!-- {name}: generated -->\n", $"<!-- {name}: end -->");
        var text = File.ReadAllText(Page);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"docs/decisions.md lacks the markers of '{name}'.");
        if (text[from..to] == table)
        {
            return;
        }

#pragma warning disable RS0030 // Whoever changes a table says here that the page is to follow; no other setting can reach a test.
        var write = Environment.GetEnvironmentVariable("GATEWAY_WRITE_DOCS") == "1";
#pragma warning restore RS0030
        Assert.True(write, $"docs/decisions.md differs from the code in the table '{name}'. Write it anew: GATEWAY_WRITE_DOCS=1 dotnet test tests/Policy.Tests --filter DecisionsPage");
        File.WriteAllText(Page, text[..from] + table + text[to..]);
    }
}
