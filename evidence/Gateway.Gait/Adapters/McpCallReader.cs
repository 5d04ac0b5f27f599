using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Tool calls of the native shape: a call, or a script of several, with targets, provenance, context and delegation.</summary>
internal static class McpCallReader
{
    public static ToolCall Read(JsonFields fields)
    {
        var targets = fields.Sections("targets", McpTargetReader.Read);
        var legacy = fields.Text("target");
        return new ToolCall
        {
            Adapter = "mcp",
            Name = fields.Text("name"),
            Args = fields.Object("args"),
            Steps = fields.Section("script", ReadSteps) ?? [],
            Targets = targets.Count == 0 && legacy.Length > 0 ? [McpTargetReader.Parse(legacy)] : targets,
            Provenance = fields.Any("arg_provenance"),
            Delegation = fields.Object("delegation"),
            Context = fields.Section("context", ReadContext) ?? new ToolCallContext(),
            CreatedAt = fields.Text("created_at"),
        };
    }

    private static IReadOnlyList<ToolCallStep> ReadSteps(JsonFields fields) => fields.Sections("steps", ReadStep);

    private static ToolCallStep ReadStep(JsonFields fields) =>
        new(
            fields.Required("name", fields.Text("name")),
            fields.Object("args"),
            fields.Sections("targets", McpTargetReader.Read),
            fields.Any("arg_provenance")
        );

    private static ToolCallContext ReadContext(JsonFields fields) =>
        new()
        {
            Identity = fields.Text("identity"),
            Workspace = fields.Text("workspace"),
            RiskClass = fields.Text("risk_class"),
            SessionId = fields.Text("session_id"),
            Texts =
            [
                ("phase", fields.Text("phase")),
                ("job_id", fields.Text("job_id")),
                ("request_id", fields.Text("request_id")),
                ("environment_fingerprint", fields.Text("environment_fingerprint")),
            ],
            CredentialScopes = fields.List("credential_scopes"),
            Auth = fields.Object("auth_context"),
            AuthTexts = [("auth_mode", fields.Text("auth_mode"))],
            OAuthEvidence = fields.Object("oauth_evidence"),
        };
}
