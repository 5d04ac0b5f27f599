namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// An action as rules judge it (<c>gait.gate.intent_request</c> 1.0.0), normalised and complete. Immutable. Everything in it is what the
/// caller says, unless whoever made it knows better: the doors of the gateway fill it from what they verified.
/// </summary>
public sealed record RuleIntent
{
    /// <summary>Lower case, not empty; <c>script</c> for an intent of several steps.</summary>
    public required string ToolName { get; init; }

    /// <summary>A JSON object in canonical form, its names and texts trimmed.</summary>
    public required ReadOnlyMemory<byte> Args { get; init; }

    /// <summary>The steps; empty for a single action, at most 64.</summary>
    public IReadOnlyList<IntentStep> Steps { get; init; } = [];

    /// <summary>Without repetitions, in order.</summary>
    public required IReadOnlyList<IntentTargetFact> Targets { get; init; }

    public IReadOnlyList<ArgProvenance> Provenance { get; init; } = [];

    public SkillProvenance? Skill { get; init; }

    public IntentDelegation? Delegation { get; init; }

    public required IntentContext Context { get; init; }

    /// <summary>When the caller says it was made; zero when it doesn't. No rule looks at it.</summary>
    public GoTime CreatedAt { get; init; }

    public bool IsScript => Steps.Count > 0;

    /// <summary>Whether one of its own targets is destroyed.</summary>
    internal bool HasDestructiveTarget => IntentTargetFact.AnyIsDestructive(Targets);

    /// <summary>The same, with the targets of its steps.</summary>
    internal bool IsDestructive => HasDestructiveTarget || Steps.Any(step => IntentTargetFact.AnyIsDestructive(step.Targets));
}
