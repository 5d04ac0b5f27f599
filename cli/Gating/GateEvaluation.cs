using Gateway.Evidence.Approvals;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Gating;

namespace Gateway.Cli.Gating;

/// <summary>Judges one intent by a rule file, with everything that the rules ask beside their verdict.</summary>
internal static class GateEvaluation
{
    /// <exception cref="IOException">The limits can't be counted: nothing is allowed.</exception>
    public static async Task<GateAnswer> JudgeAsync(GateRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        // 1 What production doesn't take, before anything is judged.
        GateProfileCheck.Demand(request);

        // 2 The rules.
        var outcome = request.Policy.Engine.Evaluate(request.Intent, request.Facts);

        // 3 What they ask besides. Delegations and brokered credentials can't be shown here, so whatever needs one doesn't get through.
        var approvals = request.Approvals is { } shown && request.Intent.TryGet(out var approved)
            ? shown.Check(ApprovalSubject.Of(approved, request.Policy.Digest, outcome), time.GetUtcNow())
            : null;
        var decision = GateDecision.Of(outcome, approvals?.Proofs ?? default);

        // 4 The limits, for what would go ahead, and never for a trial.
        GateLimits? limits = null;
        if (decision.MayGoAhead && !request.Simulate && request.Intent.TryGet(out var intent)
            && GateLimit.Of(outcome, intent, time.GetUtcNow()) is { Count: > 0 } asked)
        {
            limits = await new LimitStateFile(request.LimitState, time).CountAsync(asked, cancellationToken);
            decision = limits.Reached is { } reached ? decision.Blocked(reached.Code, reached.Code) : decision;
        }

        // 5 An approval is for once. It is used before the decision is told, and what goes ahead without one takes none.
        if (decision.MayGoAhead && !request.Simulate && outcome.Verdict == Verdict.RequireApproval && !(approvals is not null && request.Approvals!.TryUse(approvals, time.GetUtcNow())))
        {
            decision = decision.Blocked("approval_token_used", "approval_not_granted");
        }

        // 6 The signed trace is written here, before the decision is told: without it there is none.
        return new GateAnswer(request, request.Simulate ? decision.AsSimulated() : decision, limits, approvals);
    }
}
