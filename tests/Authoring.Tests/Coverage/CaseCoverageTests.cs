using Gateway.Authoring.Coverage;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Coverage;

public sealed class CaseCoverageTests
{
    private static readonly World World = new()
    {
        Rules =
        [
            "{name: late, effect: block, when: time.getHours() == 3}",
            "{name: never, effect: block, match: {tool_names: [system/other]}}",
        ],
    };

    [Fact]
    public void Coverage_OfNoCase_HasEverythingWithoutOne()
    {
        var coverage = Compute();

        Assert.Equal(22, coverage.Controls.Count);
        Assert.Equal(["demo/agent system/act"], coverage.Permissions.Select(p => p.Name));
        Assert.Equal(["demo/policy late", "demo/policy never"], coverage.Rules.Select(r => r.Name));
        Assert.All([.. coverage.Controls, .. coverage.Reasons, .. coverage.Permissions, .. coverage.Rules], e => Assert.Equal(0, e.Cases));
    }

    [Fact]
    public void Coverage_OfCases_CountsWhatTheyExercise()
    {
        var coverage = Compute(
            World,
            World with
            {
                Now = World.Now.AddHours(15),
            },
            World with
            {
                Strength = Gateway.Policy.Model.AuthStrength.Bearer,
            }
        );

        Assert.Equal(2, Cases(coverage.Controls, "6 tool_permission pass"));
        Assert.Equal(1, Cases(coverage.Controls, "6 tool_permission fail"));
        Assert.Equal(1, Cases(coverage.Reasons, "bearer_not_allowed"));
        Assert.Equal(1, Cases(coverage.Reasons, "policy_rule"));
        Assert.Equal(0, Cases(coverage.Reasons, "open_finding"));
        Assert.Equal(3, Assert.Single(coverage.Permissions).Cases);
        Assert.Equal([1, 0], coverage.Rules.Select(r => r.Cases));
    }

    [Fact]
    public void Coverage_OfAnAgentThatIsStopped_DoesNotCountItsPermission() =>
        Assert.Equal(
            0,
            Assert.Single(Compute(World with { StoredStatus = Gateway.Policy.Model.LifecycleStatus.Suspended }).Permissions).Cases
        );

    private static CaseCoverage Compute(params World[] cases) =>
        CaseCoverage.Compute(World.Compile(), cases.Select(c => (c.Intent(), c.Facts)));

    private static int Cases(IReadOnlyList<CoverageItem> list, string name) => list.Single(e => e.Name == name).Cases;
}
