namespace Gateway.Policy.Model;

/// <summary>
/// The one list of words for each enumeration: what documents say, and records, answers and metrics write. What isn't here can't be said:
/// of the lists that documents use, no zero value has a word but block, content, digest and loose.
/// </summary>
public static class Vocabulary
{
    /// <summary>The laxest first.</summary>
    public static WordList<Verdict> Verdict { get; } =
        new(
            "a verdict",
            ("allow", Model.Verdict.Allow),
            ("degrade", Model.Verdict.Degrade),
            ("require_approval", Model.Verdict.RequireApproval),
            ("block", Model.Verdict.Block)
        );

    public static WordList<Severity> Severity { get; } =
        new(
            "a severity",
            ("critical", Model.Severity.Critical),
            ("high", Model.Severity.High),
            ("medium", Model.Severity.Medium),
            ("low", Model.Severity.Low),
            ("info", Model.Severity.Info)
        );

    public static WordList<Door> Door { get; } =
        new(
            "a door",
            unsaid: "none",
            ("openai", Model.Door.OpenAi),
            ("anthropic", Model.Door.Anthropic),
            ("tool", Model.Door.Tool),
            ("mcp", Model.Door.Mcp)
        );

    public static WordList<AuthStrength> Strength { get; } =
        new("a proof", ("signed", AuthStrength.Signed), ("bearer", AuthStrength.Bearer), ("none", AuthStrength.None));

    public static WordList<ActionType> Action { get; } =
        new(
            "an action type",
            ("read", ActionType.Read),
            ("write", ActionType.Write),
            ("external", ActionType.External),
            ("financial", ActionType.Financial),
            ("code", ActionType.Code),
            ("delete", ActionType.Delete),
            ("admin", ActionType.Admin)
        );

    public static WordList<RiskTier> Risk { get; } =
        new("a risk tier", ("low", RiskTier.Low), ("medium", RiskTier.Medium), ("high", RiskTier.High), ("critical", RiskTier.Critical));

    public static WordList<AtfLevel> Level { get; } =
        new("an ATF level", ("L1", AtfLevel.L1), ("L2", AtfLevel.L2), ("L3", AtfLevel.L3), ("L4", AtfLevel.L4));

    public static WordList<LifecycleStatus> Status { get; } =
        new(
            "a lifecycle status",
            ("draft", LifecycleStatus.Draft),
            ("active", LifecycleStatus.Active),
            ("suspended", LifecycleStatus.Suspended),
            ("retired", LifecycleStatus.Retired)
        );

    public static WordList<DataClasses> Data { get; } =
        new(
            "a data class",
            ("public", DataClasses.Public),
            ("internal", DataClasses.Internal),
            ("customer", DataClasses.Customer),
            ("pii", DataClasses.Pii),
            ("confidential", DataClasses.Confidential),
            ("restricted", DataClasses.Restricted),
            ("critical", DataClasses.Critical),
            ("top_secret", DataClasses.TopSecret)
        );

    public static WordList<DeploymentEnvironment> Environment { get; } =
        new(
            "an environment",
            ("development", DeploymentEnvironment.Development),
            ("test", DeploymentEnvironment.Test),
            ("staging", DeploymentEnvironment.Staging),
            ("production", DeploymentEnvironment.Production)
        );

    public static WordList<TargetScope> Scope { get; } =
        new("a target scope", ("external", TargetScope.External), ("internal", TargetScope.Internal));

    public static WordList<Sends> Sends { get; } =
        new(
            "what a request sends",
            ("content", Model.Sends.Content),
            ("identifiers", Model.Sends.Identifiers),
            ("nothing", Model.Sends.Nothing)
        );

    public static WordList<ConnectorType> ConnectorType { get; } =
        new(
            "a connector type",
            ("openai", Model.ConnectorType.OpenAi),
            ("anthropic", Model.ConnectorType.Anthropic),
            ("http", Model.ConnectorType.Http),
            ("mcp", Model.ConnectorType.Mcp)
        );

    public static WordList<BodyForm> Bodies { get; } =
        new("what to keep of bodies", ("digest", BodyForm.Digest), ("redacted", BodyForm.Redacted), ("full", BodyForm.Full));

    public static WordList<Spelling> Spelling { get; } =
        new("how texts are compared", ("loose", Model.Spelling.Loose), ("exact", Model.Spelling.Exact));

    public static WordList<ProviderState> ProviderState { get; } =
        new("what a provider may keep", ("none", Model.ProviderState.None), ("owned", Model.ProviderState.Owned));

    public static WordList<UnknownMembers> Unknown { get; } =
        new("what becomes of unknown members", ("refuse", UnknownMembers.Refuse), ("drop", UnknownMembers.Drop));

    public static WordList<IncidentScenario> Scenario { get; } =
        new(
            "an incident scenario",
            ("prompt_injection", IncidentScenario.PromptInjection),
            ("unauthorised_action", IncidentScenario.UnauthorisedAction),
            ("rogue_agent", IncidentScenario.RogueAgent)
        );

    public static WordList<BoundaryEffect> Effect { get; } =
        new(
            "a boundary's effect",
            ("allow", BoundaryEffect.Allow),
            ("approval", BoundaryEffect.RequireApproval),
            ("block", BoundaryEffect.Block)
        );

    public static WordList<LevelRequirement> Requirement { get; } =
        new(
            "a requirement",
            ("purpose", LevelRequirement.Purpose),
            ("capabilities", LevelRequirement.Capabilities),
            ("rate", LevelRequirement.Rate),
            ("transaction", LevelRequirement.Transaction),
            ("cumulative", LevelRequirement.Cumulative),
            ("playbooks", LevelRequirement.Playbooks),
            ("redTeam", LevelRequirement.RedTeam)
        );

    public static WordList<DemotionTriggers> Trigger { get; } =
        new(
            "a trigger",
            ("open_critical_finding", DemotionTriggers.OpenCriticalFinding),
            ("open_critical_risk", DemotionTriggers.OpenCriticalRisk),
            ("open_findings", DemotionTriggers.OpenFindings),
            ("failed_red_team_test", DemotionTriggers.FailedRedTeamTest)
        );

    public static WordList<TriggerEvent> TriggerEvent { get; } =
        new(
            "what a trigger counts",
            ("refusals", Model.TriggerEvent.Refusals),
            ("replays", Model.TriggerEvent.Replays),
            ("budgets", Model.TriggerEvent.Budgets),
            ("canary", Model.TriggerEvent.Canary),
            ("baseline", Model.TriggerEvent.Baseline)
        );

    public static WordList<TriggerEffect> TriggerEffect { get; } =
        new("what a trigger does", ("suspend", Model.TriggerEffect.Suspend), ("demote", Model.TriggerEffect.Demote));

    public static WordList<TriggerMode> TriggerMode { get; } =
        new("whether a trigger acts", ("shadow", Model.TriggerMode.Shadow), ("enforce", Model.TriggerMode.Enforce));

    public static WordList<BaselineParts> Baseline { get; } =
        new(
            "a part of an agent's baseline",
            ("operations", BaselineParts.Operations),
            ("volumes", BaselineParts.Volumes),
            ("hours", BaselineParts.Hours)
        );

    public static WordList<Entitlement> Entitlement { get; } =
        new(
            "an entitlement",
            ("bodies", Model.Entitlement.Bodies),
            ("export", Model.Entitlement.Export),
            ("simulation", Model.Entitlement.Simulation),
            ("break_glass", Model.Entitlement.BreakGlass),
            ("hosted_tools", Model.Entitlement.HostedTools),
            ("wide_egress", Model.Entitlement.WideEgress)
        );

    public static WordList<GovernedChange> Change { get; } =
        new(
            "a kind of change",
            unsaid: "unknown",
            ("credential_added", GovernedChange.CredentialAdded),
            ("credential_revoked", GovernedChange.CredentialRevoked),
            ("credential_replaced", GovernedChange.CredentialReplaced),
            ("credential_resealed", GovernedChange.CredentialResealed),
            ("lifecycle_set", GovernedChange.LifecycleSet),
            ("level_set", GovernedChange.LevelSet),
            ("secret_put", GovernedChange.SecretPut),
            ("secret_removed", GovernedChange.SecretRemoved),
            ("secrets_resealed", GovernedChange.SecretsResealed),
            ("body_keys_resealed", GovernedChange.BodyKeysResealed),
            ("governance_loaded", GovernedChange.GovernanceLoaded),
            ("governance_rejected", GovernedChange.GovernanceRejected),
            ("retention_set", GovernedChange.RetentionSet),
            ("segment_removed", GovernedChange.SegmentRemoved),
            ("use_refused", GovernedChange.UseRefused),
            ("operation_asked", GovernedChange.OperationAsked),
            ("operation_refused", GovernedChange.OperationRefused),
            ("operator_added", GovernedChange.OperatorAdded),
            ("operator_set", GovernedChange.OperatorSet),
            ("operator_removed", GovernedChange.OperatorRemoved),
            ("token_added", GovernedChange.TokenAdded),
            ("token_revoked", GovernedChange.TokenRevoked),
            ("signed_in", GovernedChange.SignedIn),
            ("signed_out", GovernedChange.SignedOut),
            ("sign_in_refused", GovernedChange.SignInRefused),
            ("setup_ordered", GovernedChange.SetupOrdered),
            ("view_read", GovernedChange.ViewRead),
            ("approval_asked", GovernedChange.ApprovalAsked),
            ("approval_voted", GovernedChange.ApprovalVoted),
            ("approval_ended", GovernedChange.ApprovalEnded),
            ("approval_used", GovernedChange.ApprovalUsed),
            ("break_glass", GovernedChange.BreakGlass),
            ("kill_set", GovernedChange.KillSet),
            ("kill_lifted", GovernedChange.KillLifted),
            ("notice_dead", GovernedChange.NoticeDead),
            ("notice_resent", GovernedChange.NoticeResent),
            ("trigger_fired", GovernedChange.TriggerFired),
            ("store_reconciled", GovernedChange.StoreReconciled)
        );

    public static WordList<KillScope> KillScope { get; } =
        new(
            "what a kill stops",
            unsaid: "unknown",
            ("agent", Model.KillScope.Agent),
            ("connector", Model.KillScope.Connector),
            ("operation", Model.KillScope.Operation),
            ("tenant", Model.KillScope.Tenant),
            ("everything", Model.KillScope.Everything)
        );

    public static WordList<ChannelType> ChannelType { get; } =
        new(
            "a type of channel",
            ("webhook", Model.ChannelType.Webhook),
            ("slack", Model.ChannelType.Slack),
            ("email", Model.ChannelType.Email)
        );

    public static WordList<NoticeEvent> NoticeEvent { get; } =
        new(
            "an event to tell of",
            ("approval_asked", Model.NoticeEvent.ApprovalAsked),
            ("approval_decided", Model.NoticeEvent.ApprovalDecided),
            ("approval_ended", Model.NoticeEvent.ApprovalEnded),
            ("approval_broken_glass", Model.NoticeEvent.ApprovalBrokenGlass)
        );

    public static WordList<MailTls> MailTls { get; } =
        new(
            "how mail is encrypted",
            ("starttls", Model.MailTls.StartTls),
            ("implicit", Model.MailTls.Implicit),
            ("none", Model.MailTls.None)
        );

    public static WordList<DayOfWeek> Day { get; } =
        new(
            "a day",
            ("mon", DayOfWeek.Monday),
            ("tue", DayOfWeek.Tuesday),
            ("wed", DayOfWeek.Wednesday),
            ("thu", DayOfWeek.Thursday),
            ("fri", DayOfWeek.Friday),
            ("sat", DayOfWeek.Saturday),
            ("sun", DayOfWeek.Sunday)
        );

    public static WordList<RedactionPatterns> Redaction { get; } =
        new(
            "a pattern to redact",
            ("email", RedactionPatterns.Email),
            ("card", RedactionPatterns.Card),
            ("secret", RedactionPatterns.Secret),
            ("phone", RedactionPatterns.Phone),
            ("iban", RedactionPatterns.Iban)
        );
}
