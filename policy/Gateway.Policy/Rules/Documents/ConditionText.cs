using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>The text of a rule's <c>when:</c>, and where it stands. It isn't parsed here.</summary>
public sealed record ConditionText(string Text, SourcePosition Position);
