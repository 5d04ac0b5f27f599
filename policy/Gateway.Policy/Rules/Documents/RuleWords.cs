using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Every closed list of words in rule files and intents, as the <c>gait.gate</c> 1.0.0 schemas have them.</summary>
internal static class RuleWords
{
    public static RuleWordSet Verdicts { get; } = new("a verdict", [.. RuleVerdicts.Words]);

    /// <summary>
    /// The same in a <c>Policy</c> document: <c>degrade</c> is any reduced form, <c>dry_run</c> the one where nothing is sent.
    /// </summary>
    public static RuleWordSet Effects { get; } = new("an effect", "allow", "degrade", "dry_run", "require_approval", "block");

    /// <summary>The action types of a connector's operations.</summary>
    public static RuleWordSet Actions { get; } = new(Vocabulary.Action.Format.Expected, [.. Vocabulary.Action.Words]);

    public static RuleWordSet Restrictions { get; } = new("a restriction", "block", "require_approval");

    public static RuleWordSet TargetKinds { get; } =
        new("a target kind", "path", "url", "host", "repo", "bucket", "table", "queue", "topic", "other");

    public static RuleWordSet EndpointClasses { get; } =
        new(
            "an endpoint class",
            "fs.read",
            "fs.write",
            "fs.delete",
            "proc.exec",
            "net.http",
            "net.dns",
            "ui.click",
            "ui.type",
            "ui.navigate",
            "other"
        );

    public static RuleWordSet EgressClasses { get; } = new("a network class", "net.http", "net.dns");

    public static RuleWordSet DiscoveryMethods { get; } =
        new("a discovery method", "webmcp", "dynamic_mcp", "a2a", "mcp", "static_mcp", "manual", "unknown");

    public static RuleWordSet ProvenanceSources { get; } = new("a provenance source", "user", "tool_output", "external", "system");

    public static RuleWordSet CredentialSources { get; } =
        new(
            "a credential source",
            "aws_iam_user",
            "aws_sts",
            "azure_federated",
            "command",
            "env",
            "gcp_sts",
            "github_oidc",
            "github_pat",
            "kubernetes_service_account",
            "stub",
            "unknown",
            "vault_dynamic"
        );

    public static RuleWordSet CredentialAccessTypes { get; } =
        new("a credential access type", "cloud_admin", "inherited", "jit", "standing", "static", "unknown");

    public static RuleWordSet NetworkModes { get; } = new("a network mode", "disabled", "egress_allowlist", "full");

    public static RuleWordSet EnvExposureModes { get; } = new("an environment exposure mode", "allowlist", "full", "none");

    public static RuleWordSet FilesystemIsolations { get; } = new("a file system isolation", "container", "none", "workspace");

    public static RuleWordSet UserModes { get; } = new("a user mode", "default", "root", "unprivileged");

    public static RuleWordSet Phases { get; } = new("a phase", "plan", "apply");

    public static RuleWordSet EvidenceModes { get; } = new("an evidence mode", "best_effort", "required");

    public static RuleWordSet RequiredEvidence { get; } = new("an evidence mode", "required");

    public static RuleWordSet LimitWindows { get; } = new("a window", "minute", "hour");

    public static RuleWordSet LimitScopes { get; } = new("a scope", "tool", "identity", "tool_identity");

    public static RuleWordSet RequiredFields { get; } =
        new("a required field", "targets", "arg_provenance", "endpoint_class", "delegation", "context_evidence");

    public static RuleWordSet HighRiskFields { get; } =
        new(
            "a required high-risk field",
            "agent_id",
            "agent_identity",
            "run_id",
            "workflow_id",
            "repo",
            "environment",
            "credential_ref",
            "credential_source",
            "credential_access_type",
            "credential_issuer",
            "credential_ttl_seconds",
            "approval_ref",
            "wrkr_inventory_ref",
            "agent_action_bom_ref"
        );
}
