using System.Text.Json;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Adapters;

/// <summary>Writes the context of a call into its intent request. Where the call says nothing the risk is high.</summary>
internal static class ContextRequest
{
    private const string DefaultIdentity = "mcp-proxy";
    private const string DefaultWorkspace = ".";

    public static void Write(Utf8JsonWriter json, ToolCallContext context)
    {
        json.WriteStartObject("context");
        json.WriteString("identity", context.Identity.Length > 0 ? context.Identity : DefaultIdentity);
        json.WriteString("workspace", context.Workspace.Length > 0 ? context.Workspace : DefaultWorkspace);
        json.WriteString("risk_class", context.RiskClass.Length > 0 ? context.RiskClass : RiskClasses.High);
        json.WriteIfText("session_id", context.SessionId);
        foreach (var (name, value) in context.Texts)
        {
            json.WriteIfText(name, value);
        }

        json.WriteListIfAny("credential_scopes", context.CredentialScopes);
        WriteAuth(json, context);
        json.WriteEndObject();
    }

    private static void WriteAuth(Utf8JsonWriter json, ToolCallContext context)
    {
        json.WriteStartObject("auth_context");
        var own = context.AuthTexts.Where(text => text.Value.Length > 0).ToArray();
        if (context.Auth is { ValueKind: JsonValueKind.Object } auth)
        {
            foreach (var property in auth.EnumerateObject())
            {
                if (
                    !own.Any(text => text.Name == property.Name)
                    && !(context.OAuthEvidence is not null && property.Name == "oauth_evidence")
                )
                {
                    property.WriteTo(json);
                }
            }
        }

        foreach (var (name, value) in own)
        {
            json.WriteString(name, value);
        }

        ToolCallJson.WriteIfThere(json, "oauth_evidence", context.OAuthEvidence);
        json.WriteEndObject();
    }
}
