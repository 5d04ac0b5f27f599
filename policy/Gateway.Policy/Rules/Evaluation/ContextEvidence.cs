namespace Gateway.Policy.Rules.Evaluation;

/// <summary>A context envelope that was verified before.</summary>
/// <param name="SetDigest">64 hexadecimal digits in lower case.</param>
/// <param name="Mode"><c>best_effort</c> or <c>required</c>.</param>
/// <param name="Refs">Sorted.</param>
/// <param name="AgeSeconds">The largest age of a record, at the time of the decision.</param>
public sealed record ContextEvidence(string SetDigest, string Mode, IReadOnlyList<string> Refs, long AgeSeconds);
