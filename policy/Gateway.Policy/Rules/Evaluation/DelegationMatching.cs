using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether a delegation is as a rule asks.</summary>
internal static class DelegationMatching
{
    public static bool Matches(DelegationMatch match, IntentDelegation? delegation) =>
        delegation is not null
        && !(delegation.Chain.Count > match.MaxDepth)
        && (match.Delegators.Count == 0 || delegation.Chain.Any(link => CodeList.Has(match.Delegators, link.Delegator)))
        && (
            match.Delegates.Count == 0
            || CodeList.Has(match.Delegates, delegation.Requester)
            || delegation.Chain.Any(link => CodeList.Has(match.Delegates, link.Delegate))
        )
        && (
            match.Scopes.Count == 0
            || CodeList.Has(match.Scopes, delegation.ScopeClass)
            || delegation.Chain.Any(link => CodeList.Has(match.Scopes, link.ScopeClass))
        );
}
