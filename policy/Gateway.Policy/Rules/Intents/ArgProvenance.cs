namespace Gateway.Policy.Rules.Intents;

/// <summary>Where one argument came from.</summary>
/// <param name="Source">One of user, tool_output, external, system.</param>
/// <param name="IntegrityDigest">64 hexadecimal digits, or empty.</param>
public sealed record ArgProvenance(string ArgPath, string Source, string SourceRef = "", string IntegrityDigest = "");
