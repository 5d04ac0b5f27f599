using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class BoundaryTableTests
{
    private static readonly AtfLevel[] Levels = Enum.GetValues<AtfLevel>();
    private static readonly RiskTier[] Tiers = [RiskTier.Low, RiskTier.Medium, RiskTier.High, RiskTier.Critical];

    [Fact]
    public void Table_ForEveryActionAndTarget_NeverGetsStricterWithTheLevelOrLaxerWithTheRisk()
    {
        foreach (var (action, scope) in Pairs())
        {
            foreach (var tier in Tiers)
            {
                Assert.All(Levels.Skip(1), level => Assert.True(
                    BoundaryTable.Of(level, action, tier, scope) >= BoundaryTable.Of(level - 1, action, tier, scope), $"{level} {action} {tier} {scope}"));
                Assert.All(Levels, level => Assert.True(
                    tier == RiskTier.Low || BoundaryTable.Of(level, action, tier, scope) <= BoundaryTable.Of(level, action, tier - 1, scope),
                    $"{level} {action} {tier} {scope}"));
            }
        }
    }

    [Fact]
    public void Table_ForAnExternalTarget_IsNeverLaxerThanForAnInternalOne() => Assert.All(
        from level in Levels from action in Enum.GetValues<ActionType>() from tier in Tiers select (level, action, tier),
        c => Assert.True(BoundaryTable.Of(c.level, c.action, c.tier, TargetScope.External) <= BoundaryTable.Of(c.level, c.action, c.tier, TargetScope.Internal)));

    [Fact]
    public void Table_ForAnIntern_BlocksEverythingButReads() => Assert.All(
        from pair in Pairs() from tier in Tiers where pair.Action != ActionType.Read select (pair, tier),
        c => Assert.Equal(BoundaryEffect.Block, BoundaryTable.Of(AtfLevel.L1, c.pair.Action, c.tier, c.pair.Scope)));

    [Fact]
    public void Table_ForAJunior_LetsNoExternalOrFinancialActionPassByItself() => Assert.All(
        from tier in Tiers from action in new[] { ActionType.External, ActionType.Financial } select (action, tier),
        c => Assert.Equal(BoundaryEffect.RequireApproval, BoundaryTable.Of(AtfLevel.L2, c.action, c.tier, TargetScope.Internal)));

    [Fact]
    public void Table_ForASenior_WantsApprovalForFinancialAndHighRiskExternalActions()
    {
        Assert.All(Tiers, tier => Assert.Equal(BoundaryEffect.RequireApproval, BoundaryTable.Of(AtfLevel.L3, ActionType.Financial, tier, TargetScope.Internal)));
        Assert.Equal(BoundaryEffect.RequireApproval, BoundaryTable.Of(AtfLevel.L3, ActionType.External, RiskTier.High, TargetScope.External));
        Assert.Equal(BoundaryEffect.Allow, BoundaryTable.Of(AtfLevel.L3, ActionType.External, RiskTier.Medium, TargetScope.External));
    }

    [Fact]
    public void Table_ForWhatIsCritical_NeverAllowsByItself() => Assert.All(
        from pair in Pairs() from level in Levels select (pair, level),
        c => Assert.NotEqual(BoundaryEffect.Allow, BoundaryTable.Of(c.level, c.pair.Action, RiskTier.Critical, c.pair.Scope)));

    [Theory]
    [InlineData(AtfLevel.Unassigned, ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, ActionType.Unspecified, RiskTier.Low, TargetScope.Internal)]
    [InlineData((AtfLevel)9, ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData((AtfLevel)(-1), ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, (ActionType)99, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, ActionType.Read, RiskTier.Low, (TargetScope)7)]
    public void Table_ForWhatItDoesNotKnow_Blocks(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope) =>
        Assert.Equal(BoundaryEffect.Block, BoundaryTable.Of(level, action, tier, scope));

    [Theory]
    [InlineData(RiskTier.Unspecified)]
    [InlineData((RiskTier)17)]
    public void Table_ForAnUnknownRisk_JudgesItAsCritical(RiskTier tier) => Assert.Equal(
        BoundaryTable.Of(AtfLevel.L4, ActionType.Read, RiskTier.Critical, TargetScope.Internal),
        BoundaryTable.Of(AtfLevel.L4, ActionType.Read, tier, TargetScope.Internal));

    private static IEnumerable<(ActionType Action, TargetScope Scope)> Pairs() =>
        from action in Enum.GetValues<ActionType>() from scope in Enum.GetValues<TargetScope>() select (action, scope);
}
