namespace Gateway.Policy.Rules.Intents;

/// <summary>One hand-over.</summary>
public sealed record DelegationLink(
    string Delegator,
    string Delegate,
    string ScopeClass,
    string TokenRef,
    GoTime IssuedAt,
    GoTime ExpiresAt
)
{
    /// <summary>Reads one link of <c>delegation.chain</c>.</summary>
    internal static DelegationLink Read(JsonFields fields)
    {
        var link = new DelegationLink(
            fields.Required("delegator_identity", fields.Text("delegator_identity")),
            fields.Required("delegate_identity", fields.Text("delegate_identity")),
            fields.Lower("scope_class"),
            fields.Text("token_ref"),
            fields.Time("issued_at"),
            fields.Time("expires_at")
        );
        CheckTimes(fields, link.IssuedAt, link.ExpiresAt);
        return link;
    }

    /// <summary>What is handed over must end after it begins.</summary>
    internal static void CheckTimes(JsonFields fields, GoTime issued, GoTime expires)
    {
        if (!issued.IsZero && !expires.IsZero && expires <= issued)
        {
            fields.Fail("expires_at", "It must be after issued_at.");
        }
    }
}
