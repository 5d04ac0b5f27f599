using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>What is on record counts while it means something, and a path names each thing that doesn't.</summary>
public sealed class EvidenceControlsTests
{
    [Theory]
    [InlineData("gamut", "2030-01-02", true)] // Today.
    [InlineData("gamut", "2030-01-03", false)]
    [InlineData("gamut", "2001-01-01", true)]
    [InlineData("atf-strict", "2029-01-02", true)] // 365 days.
    [InlineData("atf-strict", "2029-01-01", false)]
    [InlineData("atf-strict", "2030-01-03", false)]
    public void RedTeamTest_CountsFromItsDayAndForAsLongAsTheProfileSays(string profile, string on, bool counts)
    {
        var entry = (new World() with { Profile = profile, Risk = "high", RedTeamOn = on, Data = "public" }).Entry(
            Control.RedTeamValidation
        );

        Assert.Equal(counts ? ReasonCode.None : ReasonCode.RedTeamMissing, entry.Reason);
        Assert.Equal(
            !counts && on.StartsWith("2030", StringComparison.Ordinal),
            entry.Inputs.EndsWith(" ahead=attack", StringComparison.Ordinal)
        );
        Assert.Equal(
            !counts && on.StartsWith("2029", StringComparison.Ordinal),
            entry.Inputs.EndsWith(" stale=attack", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("gamut", null, "untested")]
    [InlineData("gamut", "2030-01-03", "ahead")]
    [InlineData("gamut", "2001-01-01", null)]
    [InlineData("atf-strict", "2029-01-01", "stale")]
    [InlineData("atf-strict", "2029-01-02", null)]
    public void Playbooks_ThatWereNotTriedInTime_AreMissing_EachByName(string profile, string? testedOn, string? why)
    {
        var entry = (new World() with { Profile = profile, AgentRisk = "high", PlaybookTestedOn = testedOn }).Entry(
            Control.IncidentPlaybooks
        );

        const string All = "prompt_injection,unauthorised_action,rogue_agent";
        const string Names = "prompt-injection,rogue-agent,unauthorised-action";
        Assert.Equal(why is null ? "playbooks=complete" : $"missing={All} {why}={Names}", entry.Inputs);
    }

    [Fact]
    public void OpenCriticalFindings_AreNamedEach()
    {
        var entry = (new World() with { Finding = "critical", OpenRisk = "critical" }).Entry(Control.RisksAndFindings);

        Assert.Matches("^open=2 critical=[a-z-]+,[a-z-]+$", entry.Inputs);
    }

    [Theory]
    [InlineData("gamut", false)]
    [InlineData("atf-strict", true)]
    public void AnExternalActionWithoutDataClasses_FailsWhereTheProfileWantsThem(string profile, bool fails)
    {
        var entry = (new World() with { Profile = profile, Scope = "external", Data = "" }).Entry(Control.DataMovement);

        Assert.Equal(fails, entry.Outcome == CheckOutcome.Fail);
        Assert.Equal(fails ? "data=undeclared" : "data=none", entry.Inputs);
        var claimed = new World
        {
            Profile = profile,
            Scope = "external",
            Data = "",
            Claimed = DataClasses.Public,
        };
        Assert.Equal(fails, claimed.Entry(Control.DataMovement).Outcome == CheckOutcome.Fail);
    }

    [Theory]
    [InlineData("public", true)]
    [InlineData("", false)]
    public void AGateOfOneClass_CoversNoActionThatDeclaresNone(string data, bool covered)
    {
        var world = new World() with { Action = "code", Gate = "active: true, dataClasses: [public]", Data = data };

        Assert.Equal(covered ? ReasonCode.None : ReasonCode.ApprovalGateMissing, world.Entry(Control.ApprovalGate).Reason);
    }

    [Fact]
    public void ADecision_ThatADateAheadOrAnAgeCanChange_SaysThatItReadTheClock()
    {
        Assert.False(new World().Judge().Reads.HasFlag(Reads.Clock));
        Assert.True((new World() with { RedTeamOn = "2030-01-03" }).Judge().Reads.HasFlag(Reads.Clock));
        Assert.True((new World() with { Profile = "atf-strict" }).Judge().Reads.HasFlag(Reads.Clock));
    }
}
