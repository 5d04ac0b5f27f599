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

/// <summary>One step of a script: an action of its own, in the script's context.</summary>
public sealed record IntentStep
{
    /// <summary>Lower case, not empty.</summary>
    public required string ToolName { get; init; }

    /// <summary>A JSON object in canonical form.</summary>
    public required ReadOnlyMemory<byte> Args { get; init; }

    public IReadOnlyList<IntentTargetFact> Targets { get; init; } = [];

    public IReadOnlyList<ArgProvenance> Provenance { get; init; } = [];
}

/// <summary>Where one argument came from.</summary>
/// <param name="Source">One of user, tool_output, external, system.</param>
/// <param name="IntegrityDigest">64 hexadecimal digits, or empty.</param>
public sealed record ArgProvenance(string ArgPath, string Source, string SourceRef = "", string IntegrityDigest = "");

/// <summary>Which skill asked for the action.</summary>
/// <param name="Publisher">As given; rules compare it in lower case.</param>
public sealed record SkillProvenance(string Name, string Version, string Source, string Publisher, string Digest, string SignatureKeyId);

/// <summary>One thing that an action touches. All but the value in lower case.</summary>
public sealed record IntentTargetFact
{
    public required string Kind { get; init; }
    public required string Value { get; init; }
    public string Operation { get; init; } = "";
    public string Sensitivity { get; init; } = "";

    /// <summary>Given, or inferred from kind, operation and tool name.</summary>
    public string EndpointClass { get; init; } = "";

    /// <summary>Given, or inferred from the value of a host or URL; may be empty.</summary>
    public string EndpointDomain { get; init; } = "";
    public bool Destructive { get; init; }
    public string DiscoveryMethod { get; init; } = "";
    public bool ReadOnlyHint { get; init; }
    public bool DestructiveHint { get; init; }
    public bool IdempotentHint { get; init; }
    public bool OpenWorldHint { get; init; }

    /// <summary>What the value itself says the domain is, whatever was given: a caller can't name another domain than it goes to.</summary>
    internal string ActualDomain { get; init; } = "";

    /// <summary>For a path: as a file system would take it.</summary>
    internal string CleanValue { get; init; } = "";

    internal bool IsPath => Kind == "path";

    internal static bool AnyIsDestructive(IReadOnlyList<IntentTargetFact> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i].Destructive)
            {
                return true;
            }
        }

        return false;
    }
}
