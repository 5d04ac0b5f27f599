using Gateway.Authoring.Conformance;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Authoring.Tests.Documentation;

/// <summary>
/// The page says what the code checks, and no more than its tests show. Run once with GATEWAY_WRITE_DOCS=1 to write it anew.
/// </summary>
public sealed class AtfPageTests
{
    private static readonly GeneratedPage Page = new("atf.md");

    [Fact]
    public void Page_ShowsTheRequirementsOfTheCode() => Page.AssertShows("requirements", AtfTables.Requirements());

    [Fact]
    public void Page_SaysWhichLevelsGatewayAloneCantMeet() => Page.AssertShows("levels", AtfTables.Beyond());

    [Fact]
    public void Requirements_AreTheFrameworksInItsOrder() =>
        Assert.Equal(
            from element in "IBDSR"
            from number in Enumerable.Range(1, 5)
            select $"{element}-{number}",
            AtfRequirements.All.Select(one => one.Id)
        );

    [Fact]
    public void Requirements_NameOnlyTestsThatThereAre() =>
        Assert.All(AtfRequirements.All, one => Assert.True(NamedTests.Exists(one.Test), $"{one.Id}: there is no test {one.Test}."));

    [Theory]
    [InlineData("NamedTests")]
    [InlineData("AtfPageTests.Requirements_NameNothing")]
    [InlineData("NobodysTests.Requirements_NameOnlyTestsThatThereAre")]
    public void Test_ThatThereIsNot_IsFound(string test) => Assert.False(NamedTests.Exists(test));

    /// <summary>As the profile binds them that an agent's document can meet: both are the framework's table.</summary>
    [Theory]
    [InlineData("I-4", LevelRequirement.Purpose)]
    [InlineData("I-5", LevelRequirement.Capabilities)]
    [InlineData("S-3", LevelRequirement.Rate)]
    [InlineData("S-4", LevelRequirement.Transaction)]
    [InlineData("S-5", LevelRequirement.Cumulative)]
    public void Requirements_AreAMustFromWhereTheStrictProfileBindsThem(string id, LevelRequirement requirement) =>
        Assert.Equal(BuiltInProfiles.AtfStrict.Binds[requirement], AtfRequirements.All.Single(one => one.Id == id).MustFrom);
}
