namespace Gateway.Policy.Rules.Intents;

/// <summary>On whose behalf the action is asked for. The chain is contiguous and ends at the requester.</summary>
public sealed record IntentDelegation
{
    public required string Requester { get; init; }
    public string ScopeClass { get; init; } = "";
    public IReadOnlyList<string> TokenRefs { get; init; } = [];
    public IReadOnlyList<DelegationLink> Chain { get; init; } = [];
    public GoTime IssuedAt { get; init; }
    public GoTime ExpiresAt { get; init; }

    /// <summary>Reads <c>delegation</c>.</summary>
    internal static IntentDelegation Read(JsonFields fields)
    {
        var delegation = new IntentDelegation
        {
            Requester = fields.Required("requester_identity", fields.Text("requester_identity")),
            ScopeClass = fields.Lower("scope_class"),
            TokenRefs = fields.List("token_refs"),
            Chain = fields.Sections("chain", DelegationLink.Read),
            IssuedAt = fields.Time("issued_at"),
            ExpiresAt = fields.Time("expires_at"),
        };
        DelegationLink.CheckTimes(fields, delegation.IssuedAt, delegation.ExpiresAt);
        CheckChain(fields, delegation);
        return delegation;
    }

    private static void CheckChain(JsonFields fields, IntentDelegation delegation)
    {
        var chain = delegation.Chain;
        for (var i = 1; i < chain.Count; i++)
        {
            if (chain[i].Delegator != chain[i - 1].Delegate)
            {
                fields.Fail($"chain[{i}]", "Its delegator must be the delegate of the link before it.");
            }
        }

        if (chain.Count > 0 && chain[^1].Delegate != delegation.Requester)
        {
            fields.Fail("chain", "Its last delegate must be the requester.");
        }
    }
}
