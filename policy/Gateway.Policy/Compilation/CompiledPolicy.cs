using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>A <c>Policy</c> document, ready to judge. Immutable.</summary>
public sealed record CompiledPolicy(NamedPolicy Document, RuleEngine Engine)
{
    /// <summary>The step of a path where no rule said anything.</summary>
    internal RuleEntry Silent { get; } = new(Document.Name, Verdict.Allow, [], [], [], Document.Source);
}
