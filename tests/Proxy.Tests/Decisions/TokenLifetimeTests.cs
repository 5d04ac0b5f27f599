using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Tests.Decisions;

public sealed class TokenLifetimeTests
{
    [Theory]
    [InlineData(AtfLevel.Unassigned, 60, 30)]
    [InlineData(AtfLevel.L1, 60, 30)]
    [InlineData(AtfLevel.L2, 120, 60)]
    [InlineData(AtfLevel.L3, 300, 120)]
    [InlineData(AtfLevel.L4, 300, 300)]
    [InlineData((AtfLevel)9, 300, 300)]
    public void Lifetime_IsShorterForALowerLevelAndForAStricterProfile(AtfLevel level, int gamut, int strict)
    {
        Assert.Equal(TimeSpan.FromSeconds(gamut), DecisionTokens.LifetimeOf(BuiltInProfiles.Gamut, level));
        Assert.Equal(TimeSpan.FromSeconds(strict), DecisionTokens.LifetimeOf(BuiltInProfiles.AtfStrict, level));
    }

    [Fact]
    public void Lifetime_OfAProfileThatSaysMore_IsNeverOver300Seconds() =>
        Assert.Equal(
            DecisionTokens.Lifetime,
            DecisionTokens.LifetimeOf(
                BuiltInProfiles.Gamut with
                {
                    TokenLifetimes = [.. Enumerable.Repeat(TimeSpan.FromDays(1), 4)],
                },
                AtfLevel.L4
            )
        );

    [Fact]
    public void Lifetime_WithoutAProfile_IsTheShortest() =>
        Assert.Equal(TimeSpan.FromSeconds(1), DecisionTokens.LifetimeOf(null, AtfLevel.L4));
}
