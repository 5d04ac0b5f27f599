using Gateway.Gait.Gating;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Gating;

public sealed class GateDecisionTests
{
    private static readonly RuleOutcome Allow = new() { Verdict = Verdict.Allow, ReasonCodes = ["a"] };
    private static readonly RuleOutcome Approval = new()
    {
        Verdict = Verdict.RequireApproval,
        ReasonCodes = ["a"],
        Approval = new ApprovalDemand(2, true),
    };

    [Fact]
    public void AnOutcomeThatNobodyFilledIn_Blocks() =>
        Assert.False(GateDecision.Combine(new RuleOutcome(), new GateProofs(9, 9, true, true)).MayGoAhead);

    [Fact]
    public void AnAllowThatAsksForNothing_GoesAhead() => Assert.True(GateDecision.Combine(Allow, default).MayGoAhead);

    [Fact]
    public void ADelegationThatIsntProven_Blocks()
    {
        var decision = GateDecision.Combine(Allow with { RequireDelegation = true }, default);
        Assert.Equal((Verdict.Block, "a,delegation_token_missing", "delegation_not_granted"), Told(decision));
        Assert.Equal(
            "a,delegation_granted",
            string.Join(
                ',',
                GateDecision.Combine(Allow with { RequireDelegation = true }, new GateProofs(DelegationProven: true)).ReasonCodes
            )
        );
    }

    [Theory]
    [InlineData(0, 0, "approval_token_missing")]
    [InlineData(1, 1, "approval_chain_insufficient")]
    [InlineData(2, 1, "approval_distinct_approvers_required")]
    public void TooFewApprovals_AreNamed(int valid, int distinct, string code)
    {
        var decision = GateDecision.Combine(Approval, new GateProofs(valid, distinct));
        Assert.Equal((Verdict.RequireApproval, 2), (decision.Verdict, decision.RequiredApprovals));
        Assert.Contains(code, decision.ReasonCodes);
        Assert.Equal(["approval_not_granted"], decision.Violations);
    }

    [Fact]
    public void EnoughApprovals_MakeAnAllow()
    {
        var decision = GateDecision.Combine(Approval, new GateProofs(2, 2));
        Assert.True(decision.MayGoAhead);
        Assert.Equal(["a", "approval_granted"], decision.ReasonCodes);
    }

    [Fact]
    public void ABrokerIsAskedOnlyOfAnAllow_AndBlocksWhereItGaveNothing()
    {
        var asked = new BrokerDemand(Required: true, "", []);
        Assert.Equal(
            (Verdict.Block, "a,broker_credential_required", "broker_credential_missing"),
            Told(GateDecision.Combine(Allow with { Broker = asked }, default))
        );
        Assert.Equal(Verdict.RequireApproval, GateDecision.Combine(Approval with { Broker = asked }, default).Verdict);
        Assert.True(GateDecision.Combine(Allow with { Broker = asked }, new GateProofs(CredentialIssued: true)).MayGoAhead);
    }

    [Theory]
    [InlineData(Verdict.Block, "allow", "a,simulate_mode_non_enforcing,simulated_block")]
    [InlineData(Verdict.Degrade, "dry_run", "a,simulate_mode_non_enforcing")]
    [InlineData(Verdict.Allow, "allow", "a,simulate_mode_non_enforcing")]
    public void ATrial_SaysWhatItWouldHaveBeen(Verdict verdict, string word, string codes)
    {
        var decision = GateDecision.Combine(Allow with { Verdict = verdict }, default).AsSimulated();
        Assert.Equal((word, codes), (Policy.Rules.RuleVerdicts.Word(decision.Verdict), string.Join(',', decision.ReasonCodes)));
        Assert.Equal(verdict, decision.Simulated!.Verdict);
    }

    [Fact]
    public void AnIntentThatCantBeJudged_IsBlockedInATrialToo() =>
        Assert.False(
            GateDecision
                .Combine(new RuleOutcome { Verdict = Verdict.Block, Errors = [new IntentError("", "x")] }, default)
                .AsSimulated()
                .MayGoAhead
        );

    private static (Verdict Verdict, string Reasons, string Violations) Told(GateDecision decision) =>
        (decision.Verdict, string.Join(',', decision.ReasonCodes), string.Join(',', decision.Violations));
}
