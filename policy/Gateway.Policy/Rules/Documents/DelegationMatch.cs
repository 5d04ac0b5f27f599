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
}
