using Gateway.Authoring.Gaps;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Gaps;

/// <summary>What an agent can't do is said before it asks.</summary>
public sealed class AgentGapTests
{
    [Fact]
    public void Agent_that_can_do_what_it_is_granted_has_no_gap() => Assert.Empty(Of(new World()));

    [Fact]
    public void Agent_that_is_granted_nothing_is_told_what_would_grant_it()
    {
        var gap = Assert.Single(Of(new World { Permission = false }));

        Assert.Contains("is granted nothing", gap.Text, StringComparison.Ordinal);
        Assert.Contains("ToolPermission", gap.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Grant_that_a_control_blocks_is_told_with_its_remedy()
    {
        var gap = Assert.Single(Of(new World { Status = "suspended" }));

        Assert.Equal(ReasonCode.AgentNotActive, gap.Reason);
        Assert.Equal(["system/act"], gap.Operations);
        Assert.Contains("is granted system/act and can't do it", gap.Text, StringComparison.Ordinal);
        Assert.Equal(Reasons.Of(ReasonCode.AgentNotActive).Remedy, gap.Remedy);
    }

    /// <summary>They hang on the call, and say nothing of what was forgotten.</summary>
    [Fact]
    public void Rule_that_blocks_is_no_gap() => Assert.Empty(Of(new World { Rules = ["{name: no, effect: block}"] }));

    private static IReadOnlyList<AgentGap> Of(World world) => [.. AgentGap.Of(world.Compile(), new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero))];
}
