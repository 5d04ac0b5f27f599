using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class StricterDecisionTests
{
    private const string Search = "{name: web_search, action: read, risk: low}";
    private const string Shell = "{name: shell, action: code, risk: high}";

    private static World Call =>
        new()
        {
            IsModel = true,
            Door = Door.OpenAi,
            Scope = "external",
        };

    [Fact]
    public void Call_WithAToolThatMayBeUsedToo_IsAllowed() =>
        Assert.Equal(Verdict.Allow, (Call with { HostedTools = [Search] }).Judge().Verdict);

    [Fact]
    public void Call_WithAToolThatIsBlocked_IsBlockedForTheToolsReasons()
    {
        var decision = (Call with { HostedTools = [Search, Shell] }).Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.ApprovalGateMissing], decision.Reasons);
    }

    [Fact]
    public void Call_WithAToolThatNeedsAnApproval_NeedsIt()
    {
        var decision = (Call with { HostedTools = [Shell], Level = "L2", Gate = "active: true, actions: [code]" }).Judge();

        Assert.Equal(Verdict.RequireApproval, decision.Verdict);
        Assert.Single(decision.Approvals);
    }

    [Fact]
    public void Call_WithAToolThatIsWatched_IsWatched()
    {
        Assert.False(Call.Judge().Obligations.LogDetailed);
        Assert.True((Call with { HostedTools = [Shell], Gate = "active: true, actions: [code]" }).Judge().Obligations.LogDetailed);
    }

    [Fact]
    public void Call_WithAToolThatTheConnectorDoesNotHave_IsBlocked()
    {
        var world = Call with { HostedTools = [Search] };
        var intent = world.Intent() with { HostedTools = [Id<Operation>.Parse("computer_use")] };

        var decision = Evaluator.Evaluate(world.Compile(), intent, new Facts(null));

        Assert.Equal((Verdict.Block, ReasonCode.ToolNotPermitted), (decision.Verdict, decision.Reasons[0]));
    }

    [Fact]
    public void Obligations_OfBoth_AreAllKept()
    {
        var one = new Decision
        {
            Verdict = Verdict.Degrade,
            Severity = Severity.Low,
            Obligations = new Obligations(MaxTokens: 50),
        };
        var other = new Decision
        {
            Verdict = Verdict.Degrade,
            Severity = Severity.Medium,
            Obligations = new Obligations(LogDetailed: true, DryRun: true, MaxTokens: 9),
        };

        Assert.All(
            [Evaluator.Stricter(one, other), Evaluator.Stricter(other, one)],
            decision =>
            {
                Assert.Equal(new Obligations(LogDetailed: true, DryRun: true, MaxTokens: 9), decision.Obligations);
                Assert.Equal((Verdict.Degrade, Severity.Medium), (decision.Verdict, decision.Severity));
            }
        );
    }

    [Fact]
    public void Decision_ThatNobodyMade_BlocksWhateverTheOtherSays() =>
        Assert.Equal(Verdict.Block, Evaluator.Stricter(new Decision(), new Decision { Verdict = Verdict.Allow }).Verdict);
}
