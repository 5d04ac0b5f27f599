using Gateway.Cli.Brokers;
using Gateway.Gait.Approvals;
using Gateway.Gait.Gating;
using Gateway.Policy.Model;

namespace Gateway.Cli.Gating;

/// <summary>Judges one intent by a rule file, with everything that the rules ask beside their verdict.</summary>
internal static class GateEvaluation
{
    /// <exception cref="IOException">The limits can't be counted, an approval can't be used up, or the trace can't be written: nothing is
    /// allowed.</exception>
    public static async Task<GateResult> JudgeAsync(GateRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        // 1 What production doesn't take, before anything is judged.
        GateProfileCheck.Demand(request);

        // 2 The rules.
        var outcome = request.Policy.Engine.Evaluate(request.Intent, request.Facts);

        // 3 What they ask besides, and the controls of the agent's governance, which no token answers.
        // Whether the broker gives its credential is seen last; a trial asks no broker, so it counts as none.
        var read = request.Intent.TryGet(out var intent);
        var proven = read ? request.Tokens.Check(intent!, request.Policy.Digest, time.GetUtcNow()) : TokenChecks.Nothing;
        var asksBroker = read && request.Broker.Kind != BrokerKind.None && outcome.Broker.Required && !request.Simulate;
        var governed = read ? request.Governed?.Judge(intent!, request.Facts.Now) : null;
        var decision = GateDecision.Combine(outcome, proven.Facts with { CredentialIssued = asksBroker }).Governed(governed);

        // 4 The limits, for what would go ahead, and never for a trial.
        GateLimits? limits = null;
        if (
            decision.MayGoAhead
            && !request.Simulate
            && read
            && GateLimit.FromOutcome(outcome, intent!, time.GetUtcNow()) is { Count: > 0 } asked
        )
        {
            limits = await new LimitStateFile(request.LimitState, time).CountAsync(asked, cancellationToken);
            decision = limits.Reached is { } reached ? decision.Blocked(reached.Code, reached.Code) : decision;
        }

        // 5 An approval is good once. It is used up before anybody is told, and never by a trial.
        if (
            decision.MayGoAhead
            && !request.Simulate
            && outcome.Verdict == Verdict.RequireApproval
            && !new UsedTokens(request.UsedTokens).TryUse(proven.Approvals.Where(token => token.Counts).Select(token => token.Id))
        )
        {
            decision = GateDecision.Combine(
                outcome,
                new GateProofs(DelegationProven: proven.DelegationProven) { ApprovalProblems = ["approval_token_used"] }
            );
        }

        // 6 The credential, for what would go ahead, and never before it is approved.
        IssuedCredential? credential = null;
        if (decision.MayGoAhead && asksBroker)
        {
            (credential, var problem) = await CredentialRequest.AskAsync(request, intent!, outcome, time.GetUtcNow(), cancellationToken);
            decision = credential is null
                ? GateDecision.Combine(outcome, proven.Facts).Blocked(problem, "broker_credential_missing")
                : decision;
        }

        // 7 The signed trace, before the decision is told. What couldn't be judged has no decision.
        var told = request.Simulate ? decision.AsSimulated() : decision;
        var trace =
            request.Key is { } key && outcome.Errors.Count == 0
                ? await GateTrace.WriteAsync(request, told, key, time, cancellationToken)
                : null;
        credential = credential?.WriteEvidence(request.Broker.Evidence, trace?.Id ?? credential.Request.Digest.ToString()[..24]);
        return new GateResult(request, told, proven, limits, trace, credential) { Governed = governed };
    }
}
