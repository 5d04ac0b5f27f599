using Gateway.Authoring.Comparison;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Comparison;

public sealed class SnapshotDiffTests
{
    private static readonly World Base = new() { Action = "write", Gate = "active: true" };

    [Fact]
    public void Between_TheSame_IsNothing()
    {
        var diff = Diff(Base, Base);

        Assert.Empty(diff.Documents);
        Assert.Empty(diff.Access);
        Assert.Equal(2, diff.Probed);
    }

    [Fact]
    public void Between_AGrantAndNone_IsTightened_AndTheReverseIsLoosened()
    {
        var change = Assert.Single(
            Diff(Base, Base with { Permission = false }).Access,
            c => c.Probe.Intent.Strength == AuthStrength.Signed
        );
        Assert.Equal(("tightened", Verdict.Allow, Verdict.Block), (change.Direction, change.Before.Verdict, change.After.Verdict));
        Assert.Equal(ReasonCode.ToolNotPermitted, change.After.Reasons[0]);

        Assert.Equal(
            "loosened",
            Assert
                .Single(Diff(Base with { Permission = false }, Base).Access, c => c.Probe.Intent.Strength == AuthStrength.Signed)
                .Direction
        );
    }

    [Fact]
    public void Between_DocumentsThatSayTheSame_IsNothing_AndOthersAreNamed()
    {
        var changes = Diff(Base, Base with { Purpose = "Something else.", Flow = "pii", Gate = null }).Documents;

        Assert.Equal(
            ["changed Agent agent", "removed ApprovalGate gate", "added DataFlow flow"],
            changes.Select(c => $"{c.Change} {c.Kind} {c.Name}")
        );
    }

    [Fact]
    public void Between_AnAgentAndNone_IsAboutAllThatItCouldDo()
    {
        var other = new World { Permission = false }.Yaml.Replace("name: 'agent'", "name: 'other'", StringComparison.Ordinal);
        var after = Policy.Tests.Documents.Governance.Compiled(other.Replace("agent: agent", "agent: other", StringComparison.Ordinal));

        var diff = SnapshotDiff.Between(Base.Compile(), after, Base.Now);

        Assert.Equal(4, diff.Probed);
        Assert.Equal(ReasonCode.AgentUnregistered, Assert.Single(diff.Access).After.Reasons[0]);
    }

    [Fact]
    public void Between_TwoLimits_AsksForEachAmount()
    {
        World Limited(int max) => Base with { BearerTools = true, Transaction = $"amount: /amount, max: {max}" };

        var change = Assert.Single(Diff(Limited(100), Limited(50)).Access, c => c.Probe.Intent.Strength == AuthStrength.Signed);

        Assert.Equal(("100", Verdict.Allow, Verdict.Block), (change.Probe.Amount, change.Before.Verdict, change.After.Verdict));
    }

    [Fact]
    public void Between_Hours_CountsThoseOfTheWeek()
    {
        var change = Assert.Single(Diff(Base, Base with { Hours = "timezone: UTC, from: \"08:00\", to: \"18:00\"" }).Access);

        Assert.Equal(168 - 70, change.Hours);
        Assert.Equal("tightened", change.Direction);
    }

    [Fact]
    public void Between_OtherTermsOfTheSameVerdict_IsAltered()
    {
        Assert.Equal(
            "altered",
            Assert
                .Single(
                    Diff(Base with { HumanApproval = true }, Base with { HumanApproval = true, Gate = "active: true, quorum: 2" }).Access
                )
                .Direction
        );
        Assert.Equal("tightened", Assert.Single(Diff(Base, Base with { DryRun = true }).Access).Direction);
    }

    [Fact]
    public void Between_ModelConnectors_AsksThroughBothDoors()
    {
        var model = new World { IsModel = true };

        var doors = Diff(model, model with { Level = null }).Access.Select(c => c.Probe.Intent.Door).Distinct();

        Assert.Equal([Door.OpenAi, Door.Tool], doors);
    }

    private static SnapshotDiff Diff(World before, World after) => SnapshotDiff.Between(before.Compile(), after.Compile(), Base.Now);
}
