using Gateway.Policy.Evaluation;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Documentation;

/// <summary>The page shows the tables that the code decides by. Run once with GATEWAY_WRITE_DOCS=1 to write them anew.</summary>
public sealed class DecisionsPageTests
{
    private static readonly GeneratedPage Page = new("decisions.md");

    [Fact]
    public void Page_ShowsTheBoundaryTableOfTheCode() => Page.AssertShows("boundary", BoundaryTable.ToMarkdown());

    [Fact]
    public void Page_ShowsTheDecisionTableOfTheCode() => Page.AssertShows("failures", DecisionTable.ToMarkdown());
}
