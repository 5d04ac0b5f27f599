using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class BoundaryTableTests
{
    private static readonly AtfLevel[] Levels = Enum.GetValues<AtfLevel>();
    private static readonly RiskTier[] Tiers = [RiskTier.Low, RiskTier.Medium, RiskTier.High, RiskTier.Critical];

    public static TheoryData<string> Profiles => [.. BuiltInProfiles.All.Select(p => p.Id.ToString())];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForEveryActionAndTarget_NeverGetsStricterWithTheLevelOrLaxerWithTheRisk(string profile)
    {
        foreach (var (action, scope) in Pairs())
        {
            foreach (var tier in Tiers)
            {
                Assert.All(
                    Levels.Skip(1),
                    level =>
                        Assert.True(
                            Of(profile).EffectOf(level, action, tier, scope) >= Of(profile).EffectOf(level - 1, action, tier, scope),
                            $"{level} {action} {tier} {scope}"
                        )
                );
                Assert.All(
                    Levels,
                    level =>
                        Assert.True(
                            tier == RiskTier.Low
                                || Of(profile).EffectOf(level, action, tier, scope) <= Of(profile).EffectOf(level, action, tier - 1, scope),
                            $"{level} {action} {tier} {scope}"
                        )
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForAnExternalTarget_IsNeverLaxerThanForAnInternalOne(string profile) =>
        Assert.All(
            from level in Levels
            from action in Enum.GetValues<ActionType>()
            from tier in Tiers
            select (level, action, tier),
            c =>
                Assert.True(
                    Of(profile).EffectOf(c.level, c.action, c.tier, TargetScope.External)
                        <= Of(profile).EffectOf(c.level, c.action, c.tier, TargetScope.Internal)
                )
        );

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForAnIntern_BlocksEverythingButReads(string profile) =>
        Assert.All(
            from pair in Pairs()
            from tier in Tiers
            where pair.Action != ActionType.Read
            select (pair, tier),
            c => Assert.Equal(BoundaryEffect.Block, Of(profile).EffectOf(AtfLevel.L1, c.pair.Action, c.tier, c.pair.Scope))
        );

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForAJunior_LetsNoExternalOrFinancialActionPassByItself(string profile) =>
        Assert.All(
            from tier in Tiers
            from action in new[] { ActionType.External, ActionType.Financial }
            select (action, tier),
            c => Assert.Equal(BoundaryEffect.RequireApproval, Of(profile).EffectOf(AtfLevel.L2, c.action, c.tier, TargetScope.Internal))
        );

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForASenior_WantsApprovalForFinancialAndHighRiskExternalActions(string profile)
    {
        Assert.All(
            Tiers,
            tier =>
                Assert.Equal(
                    BoundaryEffect.RequireApproval,
                    Of(profile).EffectOf(AtfLevel.L3, ActionType.Financial, tier, TargetScope.Internal)
                )
        );
        Assert.Equal(
            BoundaryEffect.RequireApproval,
            Of(profile).EffectOf(AtfLevel.L3, ActionType.External, RiskTier.High, TargetScope.External)
        );
        Assert.Equal(BoundaryEffect.Allow, Of(profile).EffectOf(AtfLevel.L3, ActionType.External, RiskTier.Medium, TargetScope.External));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Table_ForWhatIsCritical_NeverAllowsByItself(string profile) =>
        Assert.All(
            from pair in Pairs()
            from level in Levels
            select (pair, level),
            c => Assert.NotEqual(BoundaryEffect.Allow, Of(profile).EffectOf(c.level, c.pair.Action, RiskTier.Critical, c.pair.Scope))
        );

    [Theory]
    [InlineData(AtfLevel.Unassigned, ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, ActionType.Unspecified, RiskTier.Low, TargetScope.Internal)]
    [InlineData((AtfLevel)9, ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData((AtfLevel)(-1), ActionType.Read, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, (ActionType)99, RiskTier.Low, TargetScope.Internal)]
    [InlineData(AtfLevel.L4, ActionType.Read, RiskTier.Low, (TargetScope)7)]
    public void Table_ForWhatItDoesNotKnow_Blocks(AtfLevel level, ActionType action, RiskTier tier, TargetScope scope) =>
        Assert.Equal(BoundaryEffect.Block, BuiltInProfiles.Gamut.Boundary.EffectOf(level, action, tier, scope));

    [Theory]
    [InlineData(RiskTier.Unspecified)]
    [InlineData((RiskTier)17)]
    public void Table_ForAnUnknownRisk_JudgesItAsCritical(RiskTier tier) =>
        Assert.Equal(
            BuiltInProfiles.Gamut.Boundary.EffectOf(AtfLevel.L4, ActionType.Read, RiskTier.Critical, TargetScope.Internal),
            BuiltInProfiles.Gamut.Boundary.EffectOf(AtfLevel.L4, ActionType.Read, tier, TargetScope.Internal)
        );

    [Fact]
    public void AtfStrict_IsNowhereLaxerThanGamut() =>
        Assert.All(
            BoundaryTable.Cells,
            cell => Assert.True(BuiltInProfiles.AtfStrict.Boundary[cell] <= BuiltInProfiles.Gamut.Boundary[cell], cell.ToString())
        );

    [Fact]
    public void AtfStrict_ForAJunior_ExecutesNothingWithoutApproval() =>
        Assert.All(
            BoundaryTable.Cells.Where(c => c.Level == AtfLevel.L2 && c.Action != ActionType.Read),
            cell => Assert.NotEqual(BoundaryEffect.Allow, BuiltInProfiles.AtfStrict.Boundary[cell])
        );

    private static BoundaryTable Of(string profile) => BuiltInProfiles.All.Single(p => p.Id.ToString() == profile).Boundary;

    private static IEnumerable<(ActionType Action, TargetScope Scope)> Pairs() =>
        from action in Enum.GetValues<ActionType>()
        from scope in Enum.GetValues<TargetScope>()
        select (action, scope);
}
