using Gateway.Authoring.Explaining;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Authoring.Tests.Documentation;

/// <summary>The page shows the tables that the code decides by. Run once with GATEWAY_WRITE_DOCS=1 to write them anew.</summary>
public sealed class DecisionsPageTests
{
    private static readonly GeneratedPage Page = new("decisions.md");

    [Fact]
    public void Page_ShowsTheBoundaryTablesOfTheCode() =>
        Assert.All(BuiltInProfiles.All, profile => Page.AssertShows($"boundary {profile.Id}", ProfileTables.Boundary(profile.Boundary)));

    [Fact]
    public void Page_ShowsTheRestOfTheProfilesOfTheCode() => Page.AssertShows("profiles", ProfileTables.Rest());

    [Fact]
    public void Page_ShowsTheDecisionTableOfTheCode() => Page.AssertShows("failures", FailureRules.ToMarkdown());

    [Fact]
    public void Page_ShowsTheThreatsOfTheCode() => Page.AssertShows("threats", Threats.ToMarkdown());
}
