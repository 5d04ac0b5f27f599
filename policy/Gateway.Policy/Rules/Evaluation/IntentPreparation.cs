using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Puts verified facts in the place of claims: the caller's words about its context are dropped, and those of a verified envelope are
/// bound. Claims that contradict the envelope are an error.
/// </summary>
internal static class IntentPreparation
{
    public static IntentResult Prepare(RuleIntent intent, RuleFacts facts)
    {
        var claim = intent.Context.Evidence;
        if (facts.Evidence is { } evidence && Contradicts(claim, evidence))
        {
            return new IntentResult(
                null,
                [new IntentError("context", "Its claims contradict the verified context envelope.")],
                intent.Context.RiskClass
            );
        }

        var context = intent.Context with
        {
            Evidence = facts.Evidence is { } verified
                ? new ContextClaim
                {
                    SetDigest = verified.SetDigest,
                    Mode = verified.Mode,
                    Refs = verified.Refs,
                    AgeSeconds = verified.AgeSeconds,
                }
                : NoClaim,
            AuthContext = AuthContext.Without(intent.Context.AuthContext, AuthContext.AgeKey),
        };
        return new IntentResult(intent with { Context = context }, [], context.RiskClass);
    }

    /// <summary>
    /// What the inventory says about the tool takes the place of what the caller says; about a tool that it lacks it says nothing.
    /// </summary>
    public static RuleIntent WithTool(RuleIntent intent, IReadOnlyDictionary<string, ToolMetadata> inventory)
    {
        var tool = inventory.TryGetValue(intent.ToolName, out var known) ? known : new ToolMetadata();
        return intent with { Context = intent.Context with { Tool = tool } };
    }

    private static ContextClaim NoClaim { get; } = new();

    private static bool Contradicts(ContextClaim claim, ContextEvidence evidence) =>
        (claim.SetDigest.Length > 0 && claim.SetDigest != evidence.SetDigest)
        || (claim.Mode.Length > 0 && claim.Mode != evidence.Mode)
        || (claim.Refs.Count > 0 && !claim.Refs.SequenceEqual(evidence.Refs, StringComparer.Ordinal));
}
