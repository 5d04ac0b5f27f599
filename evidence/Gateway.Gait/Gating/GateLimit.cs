using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Gating;

/// <summary>One limit that an action is counted against.</summary>
/// <param name="IsBudget">A budget of destructive actions; a rate otherwise.</param>
public sealed record GateLimit(LimitDemand Demand, LimitWindow Window, bool IsBudget)
{
    /// <summary>The reason, and the violation, where it is reached.</summary>
    public string Code => IsBudget ? "destructive_budget_exceeded" : "rate_limit_exceeded";

    /// <summary>Every limit that the outcome asks for: all of them must hold.</summary>
    public static IReadOnlyList<GateLimit> FromOutcome(RuleOutcome outcome, RuleIntent intent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(intent);
        return
        [
            .. outcome.RateLimits.Select(limit => new GateLimit(
                limit,
                LimitWindow.Of(limit, intent.ToolName, intent.Context.Identity, now),
                IsBudget: false
            )),
            .. outcome.Destructive
                ? outcome.DestructiveBudgets.Select(limit => new GateLimit(
                    limit,
                    LimitWindow.OfBudget(limit, intent.ToolName, intent.Context.Identity, now),
                    IsBudget: true
                ))
                : [],
        ];
    }
}
