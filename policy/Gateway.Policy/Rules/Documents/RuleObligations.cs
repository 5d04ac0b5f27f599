using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A rule's <c>obligations</c>: what they mean, and their canonical JSON, which is empty where the rule doesn't say.</summary>
public sealed record RuleObligations(Obligations Value, ReadOnlyMemory<byte> Canonical)
{
    public static RuleObligations None { get; } = new(Obligations.None, default);
}
