using System.Text.Json;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Adapters;

/// <summary>Writes a tool call as an intent request.</summary>
internal static class ToolCallJson
{
    private const string DefaultIdentity = "mcp-proxy";
    private const string DefaultWorkspace = ".";

    public static void Write(Utf8JsonWriter json, ToolCall call)
    {
        json.WriteStartObject();
        json.WriteString("tool_name", call.Name);
        if (call.Steps.Count > 0)
        {
            WriteScript(json, call);
        }
        else
        {
            WriteAction(json, call.Adapter, call.Name, call.Args, call.Targets, call.Provenance);
        }

        WriteIfThere(json, "delegation", call.Delegation);
        json.WriteIfText("created_at", call.CreatedAt);
        WriteContext(json, call.Context);
        json.WriteEndObject();
    }

    private static void WriteScript(Utf8JsonWriter json, ToolCall call)
    {
        WriteTargets(json, call.Targets);
        WriteIfThere(json, "arg_provenance", call.Provenance);
        json.WriteStartObject("script");
        json.WriteStartArray("steps");
        foreach (var step in call.Steps)
        {
            json.WriteStartObject();
            json.WriteString("tool_name", step.Name);
            WriteAction(json, call.Adapter, step.Name, step.Args, step.Targets, step.Provenance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAction(
        Utf8JsonWriter json,
        string adapter,
        string name,
        JsonElement? args,
        IReadOnlyList<ToolCallTarget> targets,
        JsonElement? provenance
    )
    {
        WriteIfThere(json, "args", args);
        WriteTargets(json, targets.Count > 0 ? targets : ArgumentTargets.Find(name, args));
        if (provenance is { } given && (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() > 0))
        {
            WriteIfThere(json, "arg_provenance", provenance);
            return;
        }

        WriteAssumedProvenance(json, adapter, args);
    }

    /// <summary>
    /// Nobody says where the arguments of a model's call come from. Whatever the model read may be in them, so they count as external.
    /// </summary>
    private static void WriteAssumedProvenance(Utf8JsonWriter json, string adapter, JsonElement? args)
    {
        json.WriteStartArray("arg_provenance");
        if (args is { ValueKind: JsonValueKind.Object } values)
        {
            foreach (var name in values.EnumerateObject().Select(property => property.Name.Trim()).Where(name => name.Length > 0))
            {
                json.WriteStartObject();
                json.WriteString("arg_path", "args." + name);
                json.WriteString("source", "external");
                json.WriteString("source_ref", "adapter:" + adapter);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteTargets(Utf8JsonWriter json, IReadOnlyList<ToolCallTarget> targets)
    {
        json.WriteStartArray("targets");
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("kind", target.Kind);
            json.WriteString("value", target.Value);
            json.WriteIfText("operation", target.Operation);
            json.WriteIfText("sensitivity", target.Sensitivity);
            json.WriteIfText("endpoint_class", target.EndpointClass);
            json.WriteIfText("endpoint_domain", target.EndpointDomain);
            json.WriteIfText("discovery_method", target.DiscoveryMethod);
            json.WriteIfTrue("destructive", target.Destructive);
            json.WriteIfTrue("read_only_hint", target.ReadOnlyHint);
            json.WriteIfTrue("destructive_hint", target.DestructiveHint);
            json.WriteIfTrue("idempotent_hint", target.IdempotentHint);
            json.WriteIfTrue("open_world_hint", target.OpenWorldHint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter json, ToolCallContext context)
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

        WriteIfThere(json, "oauth_evidence", context.OAuthEvidence);
        json.WriteEndObject();
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, JsonElement? value)
    {
        if (value is { } element)
        {
            json.WritePropertyName(name);
            element.WriteTo(json);
        }
    }
}
