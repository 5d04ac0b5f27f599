using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// What reading a rule file gave: the policy, or every error. The zero value is neither, and must be taken for a refusal.
/// </summary>
public sealed record RulePolicyResult(RulePolicy? Policy, IReadOnlyList<GovernanceError> Errors)
{
    public bool TryGet([NotNullWhen(true)] out RulePolicy? policy) => (policy = Policy) is not null;
}
