using Gateway.Policy.Rules.Gating;

namespace Gateway.Cli.Gating;

/// <summary>Judges one intent by a rule file, with everything that the rules ask beside their verdict.</summary>
internal static class GateEvaluation
{
    /// <exception cref="IOException">The limits can't be counted, or the trace can't be written: nothing is allowed.</exception>
    public static async Task<GateAnswer> JudgeAsync(GateRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        // 1 What production doesn't take, before anything is judged.
        GateProfileCheck.Demand(request);

        // 2 The rules.
        var outcome = request.Policy.Engine.Evaluate(request.Intent, request.Facts);

        // 3 What they ask besides. No proof can be shown here, so whatever needs one doesn't get through.
        var decision = GateDecision.Of(outcome, default);

        // 4 The limits, for what would go ahead, and never for a trial.
        GateLimits? limits = null;
        if (decision.MayGoAhead && !request.Simulate && request.Intent.TryGet(out var intent)
            && GateLimit.Of(outcome, intent, time.GetUtcNow()) is { Count: > 0 } asked)
        {
            limits = await new LimitStateFile(request.LimitState, time).CountAsync(asked, cancellationToken);
            decision = limits.Reached is { } reached ? decision.Blocked(reached.Code, reached.Code) : decision;
        }

        // 5 The signed trace, before the decision is told. What couldn't be judged has no decision.
        var told = request.Simulate ? decision.AsSimulated() : decision;
        var trace = request.Key is { } key && outcome.Errors.Count == 0 ? await GateTrace.WriteAsync(request, told, key, time, cancellationToken) : null;
        return new GateAnswer(request, told, limits, trace);
    }
}
