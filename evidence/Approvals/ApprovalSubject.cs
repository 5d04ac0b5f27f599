using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Evidence.Approvals;

/// <summary>What an approval must be of.</summary>
/// <param name="Scope">All of it must be approved.</param>
/// <param name="Operations">One for a single action, the number of steps for a script.</param>
public sealed record ApprovalSubject(Sha256Digest Intent, Sha256Digest Policy, IReadOnlyList<string> Scope, int Targets, int Operations)
{
    public static ApprovalSubject Of(RuleIntent intent, Sha256Digest policy, RuleOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(outcome);
        return new(IntentDigests.Of(intent), policy, ScopeOf(intent, outcome.Destructive), intent.Targets.Count, Math.Max(1, intent.Steps.Count));
    }

    /// <summary>What a token for the intent must allow.</summary>
    public static IReadOnlyList<string> ScopeOf(RuleIntent intent, bool destructive)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var tool = $"tool:{intent.ToolName}";
        return destructive && intent.Context.Phase == "apply" ? [tool, "phase:apply", "destructive:apply"] : [tool];
    }
}
