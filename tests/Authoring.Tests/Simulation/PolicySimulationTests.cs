using Gateway.Authoring.Simulation;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Simulation;

public sealed class PolicySimulationTests
{
    private static readonly World World = new() { Action = "write", Gate = "active: true, actions: [write]" };

    [Fact]
    public void EqualGovernance_ChangesNothing()
    {
        var report = Simulate(World, World);

        Assert.Equal((1, 0, 0, 0), (report.Actions, report.Changed, report.Flipped, report.Undetermined));
        Assert.Empty(report.Groups);
    }

    [Fact]
    public void AnotherLayoutOfTheSameDocuments_ChangesNothing() =>
        Assert.Equal(0, Simulate(World, World with { More = "# A comment moves every line below it.\n" }).Changed);

    [Fact]
    public void AControl_ThatComesOutOtherwise_IsTheCause()
    {
        var group = Assert.Single(Simulate(World, World with { Permission = false }).Groups);

        Assert.Equal((Verdict.Allow, Verdict.Block, 1L), (group.Before, group.After, group.Count));
        var cause = Assert.Single(group.Causes, cause => cause.After.StartsWith("fail", StringComparison.Ordinal));
        Assert.Equal("control 6", cause.What);
        Assert.Contains("tool_not_permitted", cause.After, StringComparison.Ordinal);
        Assert.StartsWith("world.yaml:", cause.Document, StringComparison.Ordinal); // The permission that was there.
    }

    [Fact]
    public void ARule_IsTheCause_WithItsPolicyAndDocument()
    {
        var group = Assert.Single(Simulate(World, World with { Rules = ["{name: late, effect: require_approval}"] }).Groups);

        Assert.Equal((Verdict.Allow, Verdict.RequireApproval), (group.Before, group.After));
        var cause = Assert.Single(group.Causes, cause => cause.What == "policy policy");
        Assert.Equal("require_approval late", cause.After);
        Assert.StartsWith("world.yaml:", cause.Document, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherObligation_IsAChange_AndNoFlip()
    {
        var report = Simulate(
            World with
            {
                IsModel = true,
                Door = Door.OpenAi,
                MaxTokens = 9,
            },
            World with
            {
                IsModel = true,
                Door = Door.OpenAi,
                MaxTokens = 8,
            }
        );

        Assert.Equal((1, 0), (report.Changed, report.Flipped));
        Assert.Contains("max_tokens=8", Assert.Single(Assert.Single(report.Groups).Causes).After, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherApprovers_AreAChange()
    {
        var before = World with { HumanApproval = true };
        var group = Assert.Single(Simulate(before, before with { OtherGate = "active: true, actions: [write]" }).Groups);

        Assert.Equal("approvers: gate -> gate, other", group.Causes[0].ToString().Split(" (")[0]);
    }

    [Fact]
    public void WhatTheRecordDoesNotHold_IsUndetermined_AndNamed()
    {
        var report = Simulate(
            World,
            World with
            {
                Rules = ["{name: r, effect: block, when: \"args.amount > 5 && args.to == 'x'\"}"],
            },
            new ActionParts([], true)
        );

        Assert.Equal((0, 1), (report.Changed, report.Undetermined));
        var group = Assert.Single(report.UndeterminedGroups);
        Assert.Equal(("system/act", "/amount /to"), (group.Tool, string.Join(' ', group.Missing)));
    }

    [Fact]
    public void WhatWasDecidedOtherwiseThen_IsCounted() =>
        Assert.Equal(1, Simulate(World, World, recorded: Verdict.Block).RecordedOtherwise);

    [Fact]
    public void Groups_AreCountedWhole_AndShowTheFirst()
    {
        var simulation = new PolicySimulation(World.Compile(), (World with { Permission = false }).Compile(), examples: 2);
        for (var i = 0; i < 5; i++)
        {
            simulation.Judge(Action(i, null, null));
        }

        var group = Assert.Single(simulation.Report().Groups);
        Assert.Equal((5L, "log.0 log.1"), (group.Count, string.Join(' ', group.Examples.Select(e => e.Receipt))));
    }

    private static SimulationReport Simulate(World before, World after, ActionParts? known = null, Verdict? recorded = null)
    {
        var simulation = new PolicySimulation(before.Compile(), after.Compile());
        simulation.Judge(Action(0, known, recorded) with { Intent = before.Intent() with { Known = known } });
        return simulation.Report();
    }

    private static SimulatedAction Action(int index, ActionParts? known, Verdict? recorded) =>
        new($"log.{index}", $"d-{index}", World.Intent() with { Known = known }, World.Facts, recorded);
}
