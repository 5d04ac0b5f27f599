using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>context</c>.</summary>
internal static class ContextFields
{
    public static IntentContext Read(JsonFields fields)
    {
        var phase = fields.Word("phase", RuleWords.Phases);
        var auth = ReadAuth(fields);
        return new IntentContext
        {
            Identity = fields.Required("identity", fields.Text("identity")),
            Workspace = fields.Required("workspace", fields.Text("workspace")).Replace('\\', '/'),
            RiskClass = fields.Required("risk_class", fields.Lower("risk_class")),
            Phase = phase.Length > 0 ? phase : "apply",
            AgentId = fields.Text("agent_id"),
            Agent = fields.Section("agent_identity", AgentIdentity.Read),
            RunId = fields.Text("run_id"),
            WorkflowId = fields.Text("workflow_id"),
            Repo = fields.Text("repo"),
            Environment = fields.Text("environment"),
            JobId = fields.Text("job_id"),
            SessionId = fields.Text("session_id"),
            RequestId = fields.Text("request_id"),
            Credential = ClaimFields.ReadCredential(fields),
            ApprovalRef = fields.Text("approval_ref"),
            WrkrInventoryRef = fields.Text("wrkr_inventory_ref"),
            AgentActionBomRef = fields.Text("agent_action_bom_ref"),
            AuthContext = auth,
            Sandbox = fields.Section("sandbox", SandboxFields.Read) is { IsEmpty: false } sandbox ? sandbox : null,
            EnvironmentFingerprint = fields.Text("environment_fingerprint"),
            Evidence = ClaimFields.ReadEvidence(fields, auth),
            Contract = ClaimFields.ReadContract(fields),
            Tool = AuthContext.ToolMetadata(auth),
        };
    }

    private static ReadOnlyMemory<byte> ReadAuth(JsonFields fields)
    {
        var auth = ArgumentFields.Read(fields, "auth_context");
        return auth.Length > "{}".Length ? auth : default;
    }
}
