using Gateway.Gait.Gating;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Tests.Gating;

public sealed class LimitCountersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 5, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public void Count_OfARefusedCall_CountsNothing()
    {
        var (counters, limit) = (new LimitCounters(), new LimitDemand(1, "minute", "tool"));
        var window = LimitWindow.Of(limit, "t", "a", Noon);

        counters.Count(limit, window);

        Assert.Equal(new LimitAnswer(false, 1, 0), counters.Count(limit, window));
        Assert.Equal(new LimitAnswer(true, 2, 0), counters.Count(limit with { Requests = 2 }, window));
    }

    [Fact]
    public void Window_HasTheKeyOfTheFormat()
    {
        Assert.Equal(
            "minute|tool_identity|2026-02-05T12:00:00Z|t|a",
            LimitWindow.Of(new LimitDemand(1, "minute", "tool_identity"), "t", "a", Noon).Key
        );
        Assert.Equal(
            "hour|tool|2026-02-05T12:00:00Z|destructive_budget|t",
            LimitWindow.OfBudget(new LimitDemand(1, "hour", "tool"), "t", "a", Noon).Key
        );
    }

    [Fact]
    public void MostRestrictive_IsTheLimitOfFewestRequests() =>
        Assert.Equal(
            2,
            LimitMerge.MostRestrictive([new LimitDemand(3, "hour", "identity"), new LimitDemand(2, "minute", "tool")])!.Requests
        );

    [Fact]
    public void Answer_ThatNobodyGave_Refuses() => Assert.False(default(LimitAnswer).Allowed);
}
