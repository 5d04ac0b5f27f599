using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of an intent's delegation. Whether the delegation is proven is checked elsewhere, by its tokens.</summary>
public sealed record DelegationMatch
{
    /// <summary>The decision then demands delegation tokens.</summary>
    public bool Required { get; init; }

    /// <summary>Any link's delegator.</summary>
    public IReadOnlyList<string> Delegators { get; init; } = [];

    /// <summary>The requester or any link's delegate.</summary>
    public IReadOnlyList<string> Delegates { get; init; } = [];

    /// <summary>The delegation's scope class or any link's.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Links at most; null for any number.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>The fields stand in <c>match</c> itself. Null where none of them asks for anything.</summary>
    internal static DelegationMatch? Read(RuleFields fields)
    {
        var delegation = new DelegationMatch
        {
            Required = fields.Flag("require_delegation"),
            Delegators = fields.List("allowed_delegator_identities"),
            Delegates = fields.List("allowed_delegate_identities"),
            Scopes = fields.LowerList("delegation_scopes"),
            MaxDepth = (int?)fields.OptionalNumber("max_delegation_depth", 0, int.MaxValue),
        };
        var asked =
            delegation.Required
            || delegation.Delegators.Count > 0
            || delegation.Delegates.Count > 0
            || delegation.Scopes.Count > 0
            || delegation.MaxDepth is not null;
        return asked ? delegation : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfTrue("RequireDelegation", Required);
        json.WriteListIfAny("AllowedDelegatorIdentities", Delegators);
        json.WriteListIfAny("AllowedDelegateIdentities", Delegates);
        json.WriteListIfAny("DelegationScopes", Scopes);
        if (MaxDepth is { } depth)
        {
            json.WriteNumber("MaxDelegationDepth", depth);
        }
    }
}
