namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the credential broker.</summary>
/// <param name="Required">The broker must issue a credential before an allow counts.</param>
/// <param name="Reference">What to ask the broker for; empty for its own choice.</param>
public sealed record BrokerDemand(bool Required, string Reference, IReadOnlyList<string> Scopes)
{
    public BrokerDemand()
        : this(false, "", []) { }
}
