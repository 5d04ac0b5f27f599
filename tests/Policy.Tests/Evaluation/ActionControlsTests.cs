using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class ActionControlsTests
{
    private static readonly World External = new() { Action = "external", Environment = DeploymentEnvironment.Test };

    [Theory]
    [InlineData("active: true", true)]
    [InlineData("active: false", false)]
    [InlineData("active: true, actions: [external]", true)]
    [InlineData("active: true, actions: [financial, code]", false)]
    [InlineData("active: true, connectors: [system], operations: [act]", true)]
    [InlineData("active: true, targetSystems: [system]", true)]
    [InlineData("active: true, targetSystems: [System]", false)]
    [InlineData("active: true, environments: [test]", true)]
    [InlineData("active: true, environments: [production]", false)]
    public void Gate_ForAnExternalAction_MustMatchInEverythingThatItNames(string gate, bool covers)
    {
        var world = External with { Gate = gate };

        Assert.Equal(covers ? Verdict.Allow : Verdict.Block, world.Judge().Verdict);
        Assert.Equal(covers ? ReasonCode.None : ReasonCode.ApprovalGateMissing, world.Entry(Control.ApprovalGate).Reason);
    }

    [Theory]
    [InlineData("external", "internal", false)]
    [InlineData("financial", "internal", false)]
    [InlineData("code", "internal", false)]
    [InlineData("write", "external", false)]
    [InlineData("write", "internal", true)]
    [InlineData("delete", "internal", true)]
    [InlineData("admin", "internal", true)]
    [InlineData("read", "external", true)]
    public void Action_WithoutAGate_PassesOnlyWhenItIsNeitherExternalNorFinancialNorCode(string action, string scope, bool passes) =>
        Assert.Equal(
            passes ? Verdict.Allow : Verdict.Block,
            new World { Action = action, Scope = scope }
                .Judge()
                .Verdict
        );

    [Theory]
    [InlineData("pii", true)]
    [InlineData("pii, customer", true)]
    [InlineData("customer", false)]
    public void Gate_ForClassesOfData_CoversOnlyActionsWithinThem(string covered, bool covers)
    {
        var world = External with { Data = "pii", Flow = "pii, customer", Gate = $"active: true, dataClasses: [{covered}]" };

        Assert.Equal(covers ? Verdict.Allow : Verdict.Block, world.Judge().Verdict);
    }

    [Fact]
    public void Gate_ThatInsists_DemandsApprovalOfWhateverMatches()
    {
        var decision = new World { Gate = "active: true, always: true, actions: [read]" }.Judge();

        Assert.Equal(Verdict.RequireApproval, decision.Verdict);
        Assert.Equal("gate=active demanded=yes", decision.Path[6].Inputs);
        Assert.Equal(
            Verdict.Allow,
            new World { Gate = "active: false, always: true" }
                .Judge()
                .Verdict
        );
    }

    [Fact]
    public void Gate_ThatInsists_CantBeSlippedOutOfByClaimingAnotherClass()
    {
        var world = new World
        {
            Data = "pii",
            Flow = "pii",
            Gate = "active: true, always: true, dataClasses: [pii]",
        };

        Assert.Equal(Verdict.RequireApproval, world.Judge().Verdict);
        Assert.Equal(Verdict.Block, (world with { Claimed = DataClasses.Public }).Judge().Verdict);
    }

    [Fact]
    public void Gate_ThatInsists_IsNotAnsweredByTheApproversOfAnother()
    {
        var decision = new World { Gate = "active: true, always: true", OtherGate = "active: true" }.Judge();

        Assert.Equal("gate", Assert.Single(decision.Approvals).Name);
    }

    [Fact]
    public void Approvals_NameEveryGateThatCovers()
    {
        var decision = new World
        {
            HumanApproval = true,
            Gate = "active: true",
            OtherGate = "active: true",
        }.Judge();

        Assert.Equal(["gate", "other"], decision.Approvals.Select(g => g.Name));
    }

    [Fact]
    public void Environment_ThatTheIntentLeavesOut_CountsAsProduction()
    {
        var world = External with { Environment = DeploymentEnvironment.Unspecified, Gate = "active: true, environments: [production]" };

        Assert.Equal(Verdict.Allow, world.Judge().Verdict);
        Assert.Equal(Verdict.Block, (world with { Environment = DeploymentEnvironment.Development }).Judge().Verdict);
    }
}
