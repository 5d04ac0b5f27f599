using Gateway.Gait.Intents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>What tokens are to be for.</summary>
/// <param name="Targets">How many targets it has.</param>
/// <param name="Operations">How many things it does: a script's steps, or one.</param>
/// <param name="ApprovalScope">What an approval must cover.</param>
public sealed record TokenSubject(
    RuleIntent Intent,
    Sha256Digest IntentDigest,
    Sha256Digest PolicyDigest,
    int Targets,
    int Operations,
    IReadOnlyList<string> ApprovalScope
)
{
    private const string Apply = "apply";

    public static TokenSubject FromIntent(RuleIntent intent, Sha256Digest policy)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var destructive = intent.Context.Phase == Apply && intent.Targets.Any(target => target.Destructive);
        return new TokenSubject(
            intent,
            IntentDigests.Compute(intent),
            policy,
            intent.Targets.Count,
            Math.Max(1, intent.Steps.Count),
            destructive ? [Tool(intent), "phase:apply", "destructive:apply"] : [Tool(intent)]
        );
    }

    internal static string Tool(RuleIntent intent) => "tool:" + intent.ToolName;
}
