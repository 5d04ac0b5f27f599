namespace Gateway.Policy.Rules.Intents;

/// <summary>Which skill asked for the action.</summary>
/// <param name="Publisher">As given; rules compare it in lower case.</param>
public sealed record SkillProvenance(string Name, string Version, string Source, string Publisher, string Digest, string SignatureKeyId);
