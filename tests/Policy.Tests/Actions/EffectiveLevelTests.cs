using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Actions;

public sealed class EffectiveLevelTests
{
    [Fact]
    public void Level_WithEverythingThatTheProfileAsksFor_IsTheAssignedOne()
    {
        var decision = new World { Action = "write" }
            .Strictly()
            .Judge();

        Assert.Equal((Verdict.Allow, AtfLevel.L4), (decision.Verdict, decision.Level));
        Assert.Equal("level=L4 action=write risk=low target=internal", decision.Path[4].Inputs);
        Assert.True(decision.Obligations.LogDetailed); // Acts, and people are told.
    }

    [Fact]
    public void Level_InGamut_NeedsNothing() =>
        Assert.Equal(
            AtfLevel.L4,
            new World
            {
                Purpose = null,
                Playbooks = [],
                RedTeamPassed = null,
            }
                .Judge()
                .Level
        );

    public static TheoryData<string, AtfLevel, string> Lacks =>
        new()
        {
            { "purpose", AtfLevel.Unassigned, "purpose" },
            { "playbooks", AtfLevel.Unassigned, "playbooks" },
            { "rate", AtfLevel.L1, "rate" },
            { "capabilities", AtfLevel.L2, "capabilities" },
            { "cumulative", AtfLevel.L2, "cumulative" },
            { "red team", AtfLevel.L2, "redTeam" },
            { "all promotions", AtfLevel.L1, "promotion" },
            { "the middle promotion", AtfLevel.L2, "promotion" },
            { "one signature", AtfLevel.L2, "promotion" },
            { "one signature for the last", AtfLevel.L3, "promotion" },
        };

    [Theory]
    [MemberData(nameof(Lacks))]
    public void Level_WithoutSomethingThatBinds_IsTheHighestBackedOne(string lack, AtfLevel level, string named)
    {
        var world = new World().Strictly();
        world = lack switch
        {
            "purpose" => world with { Purpose = null },
            "playbooks" => world with { Playbooks = ["rogue_agent"] },
            "rate" => world with { Rate = false },
            "capabilities" => world with { Capabilities = null },
            "cumulative" => world with { Cumulative = null },
            "red team" => world with { RedTeamPassed = false },
            "all promotions" => world with { Promotions = "" },
            "the middle promotion" => world with { Promotions = Signed("L2", "Cy, Di") + "," + Signed("L4", "Cy, Di") },
            "one signature" => world with { Promotions = Signed("L2", "Cy, Di") + "," + Signed("L3", "Cy") },
            _ => world with { Promotions = string.Join(',', Signed("L2", "Cy, Di"), Signed("L3", "Cy, Di"), Signed("L4", "Cy")) },
        };

        var decision = world.Judge();

        Assert.Equal(level, decision.Level);
        Assert.EndsWith($" assigned=L4 lacks={named}", decision.Path[4].Inputs, StringComparison.Ordinal);
        Assert.Equal(level == AtfLevel.Unassigned ? ReasonCode.AtfLevelUnbacked : ReasonCode.None, decision.Path[4].Reason);
    }

    /// <summary>The owners are Ada Sample and Ben Sample.</summary>
    [Theory]
    [InlineData("L2", "Ada Sample, Ben Sample", AtfLevel.L4)]
    [InlineData("L3", "Ada Sample, Cy", AtfLevel.L2)]
    [InlineData("L3", "Cy, ben  SAMPLE", AtfLevel.L2)]
    [InlineData("L3", "Ada Sample, Cy, Di", AtfLevel.L4)]
    [InlineData("L4", "Ada Sample, Ben Sample", AtfLevel.L3)]
    [InlineData("L4", "Ada Sample, Ben Sample, Cy", AtfLevel.L3)]
    public void Promotion_ToL3AndL4_NeedsPeopleWhoDontOwnTheAgent(string to, string people, AtfLevel level)
    {
        var world = new World().Strictly() with
        {
            Promotions = string.Join(',', new[] { "L2", "L3", "L4" }.Select(step => Signed(step, step == to ? people : "Cy, Di"))),
        };

        var decision = world.Judge();
        Assert.Equal(level, decision.Level);
        Assert.Equal(level < AtfLevel.L4, decision.Path[4].Inputs.EndsWith(" lacks=promotion", StringComparison.Ordinal));
    }

    [Fact]
    public void Promotion_CountsFromItsDayOn()
    {
        var world = new World { Level = "L2" }.Strictly() with { Promotions = "{to: L2, on: 2030-01-02, signedBy: [Cy, Di]}" };

        Assert.Equal(AtfLevel.L2, world.Judge().Level);
        Assert.Equal(AtfLevel.L1, (world with { Now = world.Now.AddDays(-1) }).Judge().Level);
        Assert.Equal(AtfLevel.Unassigned, (world with { Now = default }).Judge().Level); // Its playbooks are tested later than that.
    }

    [Theory]
    [InlineData(null, AtfLevel.L4)]
    [InlineData(AtfLevel.L4, AtfLevel.L4)]
    [InlineData(AtfLevel.L1, AtfLevel.L1)]
    [InlineData(AtfLevel.Unassigned, AtfLevel.Unassigned)]
    public void Demotion_AtRunTime_OnlyLowers(AtfLevel? stored, AtfLevel level)
    {
        Assert.Equal(
            level,
            new World { StoredLevel = stored }
                .Judge()
                .Level
        );
        Assert.Equal(
            level < AtfLevel.L2 ? level : AtfLevel.L2,
            new World { Level = "L2", StoredLevel = stored }
                .Judge()
                .Level
        );
    }

    [Fact]
    public void Demotion_AtRunTime_IsInThePathAndBlocksWhatTheLowerLevelMayNot()
    {
        var decision = new World { Action = "write", StoredLevel = AtfLevel.L1 }.Judge();

        Assert.Equal([ReasonCode.AtfBoundary], decision.Reasons);
        Assert.Equal("level=L1 action=write risk=low target=internal demoted=yes", decision.Path[4].Inputs);
    }

    [Theory]
    [InlineData("open_critical_finding", "critical", null, false)]
    [InlineData("open_critical_risk", null, "critical", false)]
    [InlineData("open_findings", "low", null, false)]
    [InlineData("failed_red_team_test", null, null, true)]
    public void Demotion_ByATriggerInTheDocuments_LowersTheLevel(string trigger, string? finding, string? risk, bool failed)
    {
        var world = new World { Demote = $"on: [{trigger}], to: L1", RedTeamPassed = !failed };

        Assert.Equal(failed ? AtfLevel.L1 : AtfLevel.L4, world.Judge().Level);
        Assert.Equal(AtfLevel.L1, (world with { Finding = finding, OpenRisk = risk }).Judge().Level);
        Assert.Equal(
            failed ? AtfLevel.L1 : AtfLevel.L4,
            (
                world with
                {
                    Finding = finding is null ? "high" : null,
                    Demote = world.Demote!.Replace("open_findings", "open_findings, failed_red_team_test", StringComparison.Ordinal),
                }
            )
                .Judge()
                .Level
        );
    }

    [Theory]
    [InlineData(1, AtfLevel.L2)]
    [InlineData(2, AtfLevel.L4)]
    public void Demotion_ByOpenFindings_NeedsItsCount(int count, AtfLevel level) =>
        Assert.Equal(
            level,
            new World { Demote = $"on: [open_findings], to: L2, count: {count}", Finding = "low" }
                .Judge()
                .Level
        );

    [Fact]
    public void CriticalFinding_UnderAtfStrict_MakesAnIntern() =>
        Assert.Equal(AtfLevel.L1, (new World().Strictly() with { Finding = "critical" }).Judge().Level);

    [Fact]
    public void FinancialOperation_WithoutALimit_IsDoneAsAJuniorUnderAtfStrict()
    {
        var world = new World
        {
            Action = "financial",
            Gate = "active: true",
            Arguments = """{"amount": 1}""",
        }.Strictly();

        Assert.Equal((AtfLevel.L4, Verdict.Allow), (world.Judge().Level, world.Judge().Verdict));
        var unlimited = (world with { Transaction = null }).Judge();
        Assert.Equal((AtfLevel.L2, Verdict.RequireApproval), (unlimited.Level, unlimited.Verdict));
        Assert.EndsWith(" lacks=transaction", unlimited.Path[4].Inputs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gamut", AtfLevel.L2)]
    [InlineData("atf-strict", AtfLevel.L1)]
    public void Bearer_ActsNoHigherThanTheProfileLets(string profile, AtfLevel level) =>
        Assert.Equal(
            level,
            (new World { Strength = AuthStrength.Bearer, BearerTools = true }.Strictly() with { Profile = profile }).Judge().Level
        );

    private static string Signed(string to, string people) => $"{{to: {to}, on: 2029-01-01, signedBy: [{people}]}}";
}
