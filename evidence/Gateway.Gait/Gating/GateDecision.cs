using Gateway.Gait.Governing;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Gait.Gating;

/// <summary>
/// What comes out for an intent once everything that the rules ask beside their verdict was looked at: delegation, approvals, the broker,
/// limits. Immutable. Unset blocks.
/// </summary>
public sealed record GateDecision
{
    public Verdict Verdict { get; private init; }

    /// <summary>Sorted, each once.</summary>
    public IReadOnlyList<string> ReasonCodes { get; private init; } = [];

    public IReadOnlyList<string> Violations { get; private init; } = [];

    /// <summary>What the rules themselves said.</summary>
    public required RuleOutcome Outcome { get; init; }

    public int RequiredApprovals { get; private init; }

    public int ValidApprovals { get; private init; }

    /// <summary>What it would have been; null unless simulated.</summary>
    public GateDecision? Simulated { get; private init; }

    /// <summary>Only an allow may be carried out. A dry run is none: nothing of it may be sent.</summary>
    public bool MayGoAhead => Verdict == Verdict.Allow;

    /// <summary>Everything but the limits, which are counted last and only for what would go ahead.</summary>
    public static GateDecision Combine(RuleOutcome outcome, GateProofs proofs)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var decision = new GateDecision
        {
            Verdict = outcome.Verdict,
            ReasonCodes = outcome.ReasonCodes,
            Violations = outcome.Violations,
            Outcome = outcome,
            RequiredApprovals =
                outcome.Verdict == Verdict.RequireApproval ? Math.Max(1, outcome.Approval.Minimum) : outcome.Approval.Minimum,
            ValidApprovals = proofs.ValidApprovals,
        };
        return decision.WithDelegation(proofs).WithApprovals(proofs).WithBroker(proofs);
    }

    /// <summary>Blocked all the same, whatever it was: a limit is reached, or couldn't be counted.</summary>
    public GateDecision Blocked(string reason, string violation) =>
        this with
        {
            Verdict = Verdict.Block,
            ReasonCodes = CodeList.Merge(ReasonCodes, [reason]),
            Violations = CodeList.Merge(Violations, [violation]),
        };

    /// <summary>
    /// The same, judged by an agent's governance too: it can only become stricter. An approval that the governance wants isn't one that a
    /// token gives.
    /// </summary>
    /// <param name="governed">Null where no governance was asked.</param>
    public GateDecision Governed(GovernedVerdict? governed) =>
        governed is null
            ? this
            : this with
            {
                Verdict = RuleVerdicts.Stricter(Verdict, governed.Verdict),
                ReasonCodes = CodeList.Merge(ReasonCodes, governed.ReasonCodes),
                Violations = CodeList.Merge(Violations, governed.Violations),
                RequiredApprovals = Math.Max(RequiredApprovals, governed.Verdict == Verdict.RequireApproval ? 1 : 0),
            };

    /// <summary>The same decision for a trial: it lets everything go and says what it would have been. Never to be enforced by.</summary>
    /// <remarks>An intent that couldn't be judged stays blocked: there is nothing that it would have been.</remarks>
    public GateDecision AsSimulated()
    {
        if (Outcome.Errors.Count > 0)
        {
            return this;
        }

        string[] marks =
            Verdict == Verdict.Block || Verdict == Verdict.RequireApproval
                ? ["simulate_mode_non_enforcing", "simulated_" + RuleVerdicts.Word(Verdict)]
                : ["simulate_mode_non_enforcing"];
        return this with
        {
            Simulated = this,
            Verdict = marks.Length > 1 ? Verdict.Allow : Verdict,
            ReasonCodes = CodeList.Merge(ReasonCodes, marks),
            Violations = marks.Length > 1 ? [] : Violations,
        };
    }

    private GateDecision WithDelegation(GateProofs proofs) =>
        !Outcome.RequireDelegation ? this
        : proofs.DelegationProven ? With("delegation_granted")
        : (this with { ReasonCodes = CodeList.Merge(ReasonCodes, proofs.DelegationProblems ?? []) }).Blocked(
            proofs.DelegationsShown == 0 ? "delegation_token_missing" : "delegation_chain_insufficient",
            "delegation_not_granted"
        );

    private GateDecision WithApprovals(GateProofs proofs)
    {
        if (Verdict != Verdict.RequireApproval)
        {
            return this;
        }

        if (proofs.ValidApprovals < RequiredApprovals)
        {
            return Unapproved(
                proofs.ApprovalProblems is { Count: > 0 } problems
                    ? problems
                    : [proofs.ValidApprovals == 0 ? "approval_token_missing" : "approval_chain_insufficient"]
            );
        }

        return RequiredApprovals > 1 && Outcome.Approval.DistinctApprovers && proofs.DistinctApprovers < RequiredApprovals
            ? Unapproved(["approval_distinct_approvers_required"])
            : With("approval_granted") with
            {
                Verdict = Verdict.Allow,
            };
    }

    private GateDecision Unapproved(IReadOnlyList<string> reasons) =>
        this with
        {
            ReasonCodes = CodeList.Merge(ReasonCodes, reasons),
            Violations = CodeList.Merge(Violations, ["approval_not_granted"]),
        };

    private GateDecision WithBroker(GateProofs proofs) =>
        !Outcome.Broker.Required || Verdict != Verdict.Allow ? this
        : proofs.CredentialIssued ? With("broker_credential_present")
        : Blocked("broker_credential_required", "broker_credential_missing");

    private GateDecision With(string reason) => this with { ReasonCodes = CodeList.Merge(ReasonCodes, [reason]) };
}
