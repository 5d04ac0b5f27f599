using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the credential broker.</summary>
/// <param name="Required">The broker must issue a credential before an allow counts.</param>
/// <param name="Reference">What to ask the broker for; empty for its own choice.</param>
public sealed record BrokerDemand(bool Required, string Reference, IReadOnlyList<string> Scopes)
{
    public BrokerDemand()
        : this(false, "", []) { }

    /// <summary>The fields stand in the rule itself.</summary>
    internal static BrokerDemand Read(RuleFields fields) =>
        new(fields.Flag("require_broker_credential"), fields.Text("broker_reference"), fields.LowerList("broker_scopes"));

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfTrue("RequireBrokerCredential", Required);
        json.WriteIfText("BrokerReference", Reference);
        json.WriteListIfAny("BrokerScopes", Scopes);
    }
}
