using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>A <c>Policy</c> document, ready to judge. Immutable.</summary>
public sealed record CompiledPolicy(NamedPolicy Document, RuleEngine Engine);
