namespace Gateway.Policy.Rules.Intents;

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
