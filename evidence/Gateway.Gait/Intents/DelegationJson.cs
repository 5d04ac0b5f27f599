using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>What was handed over to whom, as it is digested. Its times are always there.</summary>
internal static class DelegationJson
{
    public static void Write(Utf8JsonWriter json, IntentDelegation? delegation)
    {
        if (delegation is null)
        {
            return;
        }

        json.WriteStartObject("delegation");
        json.WriteString("requester_identity", delegation.Requester);
        json.WriteIfText("scope_class", delegation.ScopeClass);
        json.WriteListIfAny("token_refs", delegation.TokenRefs);
        if (delegation.Chain.Count > 0)
        {
            json.WriteStartArray("chain");
            foreach (var link in delegation.Chain)
            {
                WriteLink(json, link);
            }

            json.WriteEndArray();
        }

        json.WriteString("issued_at", delegation.IssuedAt.ToString());
        json.WriteString("expires_at", delegation.ExpiresAt.ToString());
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, DelegationLink link)
    {
        json.WriteStartObject();
        json.WriteString("delegator_identity", link.Delegator);
        json.WriteString("delegate_identity", link.Delegate);
        json.WriteIfText("scope_class", link.ScopeClass);
        json.WriteIfText("token_ref", link.TokenRef);
        json.WriteString("issued_at", link.IssuedAt.ToString());
        json.WriteString("expires_at", link.ExpiresAt.ToString());
        json.WriteEndObject();
    }
}
