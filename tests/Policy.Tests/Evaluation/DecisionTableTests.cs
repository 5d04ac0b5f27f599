using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class DecisionTableTests
{
    private static readonly ApprovalGate Gate = new()
    {
        Tenant = Id<Tenant>.Parse("demo"),
        Name = "gate",
        Active = true,
        ApproverGroups = ["owners"],
        Source = default,
    };

    public static TheoryData<ReasonCode> EveryFailure => [.. FailureRules.All.Select(rule => rule.Reason)];

    [Theory]
    [MemberData(nameof(EveryFailure))]
    public void EveryFailure_AloneWithAGate_EndsAsItsRowSays(ReasonCode reason)
    {
        var rule = FailureRules.All.Single(r => r.Reason == reason);
        var decision = DecisionTable.Decide(Results(rule, gate: true));

        Assert.Equal(rule.Effect == FailureEffect.ApprovalOrBlock ? Verdict.RequireApproval : Verdict.Block, decision.Verdict);
        Assert.Contains(reason, decision.Reasons);
        Assert.True(decision.Severity <= rule.Severity);
        Assert.False(decision.OpensIncident);
    }

    [Theory]
    [MemberData(nameof(EveryFailure))]
    public void EveryFailure_WithoutAGate_Blocks(ReasonCode reason)
    {
        var decision = DecisionTable.Decide(Results(FailureRules.All.Single(r => r.Reason == reason), gate: false));

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal(reason, decision.Reasons[0]);
        Assert.Empty(decision.Approvals);
    }

    [Theory]
    [MemberData(nameof(EveryFailure))]
    public void EveryFailure_WithAnOpenCriticalFinding_OpensAnIncidentWhereItsRowSays(ReasonCode reason)
    {
        var rule = FailureRules.All.Single(r => r.Reason == reason);
        var results = Results(rule, gate: true);
        results.CriticalFinding = true;

        var decision = DecisionTable.Decide(results);

        Assert.Equal(rule.Escalates, decision.OpensIncident);
        Assert.True(!rule.Escalates || (decision.Verdict == Verdict.Block && decision.Severity == Severity.Critical));
    }

    [Fact]
    public void Reasons_OfSeveralFailures_StandInTheOrderOfTheTable()
    {
        var results = new ControlResults { Gates = [Gate] };
        results.Add(new PathEntry(Control.HumanOwner, CheckOutcome.Fail, ReasonCode.HumanOwnerMissing, "", null));
        results.Add(new PathEntry(Control.ToolPermission, CheckOutcome.Fail, ReasonCode.ToolNotPermitted, "", null));

        Assert.Equal([ReasonCode.ToolNotPermitted, ReasonCode.HumanOwnerMissing], DecisionTable.Decide(results).Reasons);
    }

    [Fact]
    public void Results_ThatNobodyFilledIn_Block()
    {
        var decision = DecisionTable.Decide(new ControlResults { Gates = [Gate] });

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.InternalError], decision.Reasons);
    }

    [Fact]
    public void Results_WithAFailureThatTheTableDoesNotKnow_Block()
    {
        var results = Results(new FailureRule(Control.None, ReasonCode.UpstreamFailed, default, default, false, ""), gate: true);

        Assert.Equal(Verdict.Block, DecisionTable.Decide(results).Verdict);
    }

    [Fact]
    public void Results_ThatEndEarlyWithoutAFailure_Block()
    {
        var results = new ControlResults { Gates = [Gate] };
        results.Add(new PathEntry(Control.AgentRegistration, CheckOutcome.Pass, ReasonCode.None, "", null));

        Assert.Equal(Verdict.Block, DecisionTable.Decide(results).Verdict);
    }

    private static ControlResults Results(FailureRule rule, bool gate)
    {
        var results = new ControlResults { Gates = gate ? [Gate] : [] };
        foreach (var control in Enum.GetValues<Control>().Skip(1))
        {
            results.Add(
                control == rule.Control || (rule.Control == Control.None && control == Control.RedTeamValidation)
                    ? new PathEntry(control, CheckOutcome.Fail, rule.Reason, "", null)
                    : new PathEntry(control, CheckOutcome.Pass, ReasonCode.None, "", null)
            );
        }

        return results;
    }
}
