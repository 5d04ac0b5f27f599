namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What the emergency stops say about an intent.</summary>
/// <param name="Status"><c>unavailable</c>, <c>inactive</c> or <c>active</c>.</param>
/// <param name="EntryIds">Of the entries that matched, sorted.</param>
public sealed record KillSwitchDecision(string Status, IReadOnlyList<string> ReasonCodes, IReadOnlyList<string> EntryIds);
