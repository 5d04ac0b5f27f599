using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Fields of a normalised intent by the names that the corpus has for them, as comparable text.</summary>
internal static class IntentFields
{
    public static string Expected(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Expected)),
            JsonValueKind.Object => string.Join(
                ",",
                value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.Name + "=" + Expected(p.Value))
            ),
            _ => value.ToString(),
        };

    public static string Text(RuleIntent intent, string name)
    {
        if (name.StartsWith("targets[", StringComparison.Ordinal))
        {
            return Target(intent.Targets[name[8] - '0'], name[11..]);
        }

        return name switch
        {
            "tool_name" or "name" => intent.ToolName,
            "args" => Args(intent),
            "target" => intent.Targets[0].Value,
            "targets" => string.Join(",", intent.Targets.Select(target => $"kind={target.Kind},operation={target.Operation}")),
            "script.steps.tool_names" => string.Join(",", intent.Steps.Select(step => step.ToolName)),
            "delegation.scope_class" => intent.Delegation!.ScopeClass,
            "delegation.token_refs" => string.Join(",", intent.Delegation!.TokenRefs),
            _ => Context(intent.Context, name),
        };
    }

    private static string Context(IntentContext context, string name) =>
        name switch
        {
            "context.session_id" => context.SessionId,
            "context.phase" => context.Phase,
            "context.job_id" => context.JobId,
            "context.workspace" => context.Workspace,
            "context.identity" => context.Identity,
            "context.risk_class" => context.RiskClass,
            "context.credential_scopes" => string.Join(",", context.Credential.Scopes),
            "context.environment_fingerprint" => context.EnvironmentFingerprint,
            _ when name.StartsWith("context.auth_context.", StringComparison.Ordinal) => Auth(
                context,
                name["context.auth_context.".Length..]
            ),
            _ => "unknown field",
        };

    private static string Args(RuleIntent intent)
    {
        using var document = JsonDocument.Parse(intent.Args);
        return Expected(document.RootElement);
    }

    private static string Auth(IntentContext context, string name)
    {
        using var document = JsonDocument.Parse(context.AuthContext);
        return Expected(document.RootElement.GetProperty(name));
    }

    private static string Target(IntentTargetFact target, string name) =>
        name switch
        {
            "kind" => target.Kind,
            "value" => target.Value,
            "operation" => target.Operation,
            "endpoint_class" => target.EndpointClass,
            "endpoint_domain" => target.EndpointDomain,
            "destructive" => target.Destructive.ToString(),
            "discovery_method" => target.DiscoveryMethod,
            "read_only_hint" => target.ReadOnlyHint.ToString(),
            "destructive_hint" => target.DestructiveHint.ToString(),
            "idempotent_hint" => target.IdempotentHint.ToString(),
            "open_world_hint" => target.OpenWorldHint.ToString(),
            _ => "unknown field",
        };
}
