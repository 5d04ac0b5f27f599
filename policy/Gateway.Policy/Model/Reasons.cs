namespace Gateway.Policy.Model;

/// <summary>The closed list of reasons as data: code, status, text and remedy of each.</summary>
public static class Reasons
{
    private const string Unauthenticated = "The request could not be authenticated.";
    private const string CheckIdentity = "Check the key, the clock, the signed components and that each request is signed anew.";

    private static readonly Reason[] Table = [.. Enum.GetValues<ReasonCode>().Select(Describe)];

    private static readonly Dictionary<string, ReasonCode> ByCode = Index();

    /// <summary>The fixed part of a reason. The zero value is answered as an internal error.</summary>
    public static Reason Of(ReasonCode code) => Table[(int)code];

    public static bool TryParse(string code, out ReasonCode reason) => ByCode.TryGetValue(code, out reason);

    private static Reason Describe(ReasonCode code) =>
        code switch
        {
            ReasonCode.None or ReasonCode.InternalError => new(
                "internal_error",
                503,
                "The request could not be judged, so nothing happened.",
                "Try again later; if it stays, ask the operator with the request id."
            ),

            ReasonCode.MalformedRequest => new("malformed_request", 400, "The request is malformed.", "Correct the request."),
            ReasonCode.AmbiguousRequest => new(
                "ambiguous_request",
                400,
                "The request can be read in two ways.",
                "Send each header and each kind of credential once."
            ),
            ReasonCode.UnknownField => new("unknown_field", 400, "The request has a field that is not known here.", "Remove the field."),
            ReasonCode.ProviderCredentialsInRequest => new(
                "provider_credentials_in_request",
                400,
                "The request carries provider credentials or configuration.",
                "Remove it: Gateway holds the credential and adds it.",
                "ASI03"
            ),
            ReasonCode.UnsupportedFeature => new(
                "unsupported_feature",
                400,
                "The request asks for something that is not allowed through Gateway.",
                "Remove it, or ask for it to be listed on the connector.",
                "ASI02"
            ),

            ReasonCode.MissingCredentials => new("missing_credentials", 401, Unauthenticated, CheckIdentity),
            ReasonCode.InvalidSignature => new("invalid_signature", 401, Unauthenticated, CheckIdentity, "ASI03"),
            ReasonCode.ExpiredSignature => new("expired_signature", 401, Unauthenticated, CheckIdentity),
            ReasonCode.ReplayedNonce => new("replayed_nonce", 401, Unauthenticated, CheckIdentity, "ASI03"),
            ReasonCode.UnknownKey => new("unknown_key", 401, Unauthenticated, CheckIdentity),
            ReasonCode.RevokedCredential => new("revoked_credential", 401, Unauthenticated, CheckIdentity, "ASI03"),
            ReasonCode.IdentityMismatch => new("identity_mismatch", 401, Unauthenticated, CheckIdentity, "ASI03"),

            ReasonCode.AgentUnregistered => new(
                "agent_unregistered",
                403,
                "The agent is not registered.",
                "Register the agent with an Agent document.",
                "ASI10"
            ),
            ReasonCode.AgentNotActive => new(
                "agent_not_active",
                403,
                "The agent is not active.",
                "Activate the agent; a suspended one must be formally reactivated.",
                "ASI10"
            ),
            ReasonCode.HumanOwnerMissing => new(
                "human_owner_missing",
                403,
                "The agent has no human owner.",
                "Name a person in the agent's owners.human."
            ),
            ReasonCode.SecurityOwnerMissing => new(
                "security_owner_missing",
                403,
                "The agent has no security owner.",
                "Name a person in the agent's owners.security."
            ),
            ReasonCode.AtfLevelMissing => new("atf_level_missing", 403, "The agent has no ATF level.", "Assign the agent's level."),
            ReasonCode.AtfLevelUnbacked => new(
                "atf_level_unbacked",
                403,
                "The agent's ATF level is not backed, and no lower one is.",
                "Give the agent what its profile asks for, or lift its demotion.",
                "ASI10"
            ),
            ReasonCode.AtfBoundary => new(
                "atf_boundary",
                403,
                "The action is outside the boundary of the agent's ATF level.",
                "Use an agent of a higher level, or promote this one.",
                "ASI02"
            ),
            ReasonCode.ToolNotPermitted => new(
                "tool_not_permitted",
                403,
                "The agent has no permission for this operation.",
                "Grant it with a ToolPermission document.",
                "ASI02"
            ),
            ReasonCode.CapabilityUndeclared => new(
                "capability_undeclared",
                403,
                "The agent was not approved for this operation.",
                "Add it to the agent's capabilities, with its approval.",
                "ASI02"
            ),
            ReasonCode.PurposeMismatch => new(
                "purpose_mismatch",
                403,
                "The operation does not serve any purpose of the agent.",
                "Declare the purpose, or use an agent that has it.",
                "ASI02"
            ),
            ReasonCode.OutsideHours => new(
                "outside_hours",
                403,
                "The action is outside its hours.",
                "Try again within the hours of the agent and the permission."
            ),
            ReasonCode.TransactionUnreadable => new(
                "transaction_unreadable",
                403,
                "The amount or currency of the transaction could not be read from the arguments.",
                "Give the amount as a plain number and the currency, once each, where the operation says.",
                "ASI02"
            ),
            ReasonCode.TransactionOverLimit => new(
                "transaction_over_limit",
                403,
                "The amount is over the limit for one transaction.",
                "Ask for less, or have the limit raised.",
                "ASI02"
            ),
            ReasonCode.AuditLoggingOff => new(
                "audit_logging_off",
                403,
                "The permission has audit logging off.",
                "Turn on auditLogging in the permission."
            ),
            ReasonCode.HumanApprovalMissing => new(
                "human_approval_missing",
                403,
                "A critical operation must require human approval.",
                "Turn on humanApproval in the permission.",
                "ASI02"
            ),
            ReasonCode.ApprovalGateMissing => new(
                "approval_gate_missing",
                403,
                "No active approval gate covers the action.",
                "Add an ApprovalGate that matches it.",
                "ASI02"
            ),
            ReasonCode.ApprovalRequired => new(
                "approval_required",
                403,
                "A named human must approve the action first.",
                "Ask one of the approver groups."
            ),
            ReasonCode.DataFlowMissing => new(
                "data_flow_missing",
                403,
                "No documented data flow covers the data that would move.",
                "Document it with a DataFlow.",
                "LLM02"
            ),
            ReasonCode.PlaybookMissing => new(
                "playbook_missing",
                403,
                "A high-risk agent lacks an incident playbook.",
                "Add the missing Playbook documents, each with an owner."
            ),
            ReasonCode.OpenFinding => new("open_finding", 403, "An open finding or risk stands against the agent.", "Close the finding."),
            ReasonCode.RedTeamMissing => new(
                "red_team_missing",
                403,
                "No passed red-team test is on record.",
                "Run one and record it with a RedTeamTest."
            ),
            ReasonCode.BearerNotAllowed => new(
                "bearer_not_allowed",
                403,
                "A bearer key does not open this door for the agent.",
                "Sign the request, or allow bearerTools for the agent.",
                "ASI03"
            ),
            ReasonCode.PolicyRule => new(
                "policy_rule",
                403,
                "A rule of the policy restricts the action.",
                "Ask for less, or have the rule changed; the decision's record names it."
            ),
            ReasonCode.ObligationUnmet => new(
                "obligation_unmet",
                403,
                "The action is only allowed in a form that it can't be given.",
                "Ask for less, or have the permission changed."
            ),
            ReasonCode.NotSampled => new(
                "not_sampled",
                403,
                "Only a share of such calls goes through, and this one is not in it.",
                "Do without it: the same call is answered alike each time."
            ),
            ReasonCode.Killed => new("killed", 403, "The agent was stopped.", "Ask the operator.", "ASI10"),

            ReasonCode.UnknownDoor => new("unknown_door", 404, "There is nothing here.", "Check the path."),
            ReasonCode.UnknownConnector => new("unknown_connector", 404, "There is no such connector.", "Check the connector's name."),
            ReasonCode.UnknownOperation => new(
                "unknown_operation",
                404,
                "The connector has no such operation.",
                "Check the method and path against the connector's operations."
            ),
            ReasonCode.UnknownModel => new("unknown_model", 404, "There is no such model.", "List the models that this agent may use."),
            ReasonCode.UnknownReceipt => new("unknown_receipt", 404, "There is no such receipt.", "Check the id that the answer named."),

            ReasonCode.RequestTimeout => new("request_timeout", 408, "The request took too long to arrive.", "Send it faster."),
            ReasonCode.ApprovalAlreadyUsed => new("approval_already_used", 409, "The approval was already used.", "Ask for another."),
            ReasonCode.IdempotencyConflict => new(
                "idempotency_conflict",
                409,
                "The idempotency key was already used.",
                "Look at the earlier decision, or use another key."
            ),
            ReasonCode.RequestTooLarge => new("request_too_large", 413, "The request is over a limit.", "Send less."),
            ReasonCode.UnsupportedMediaType => new(
                "unsupported_media_type",
                415,
                "The operation does not accept this content type.",
                "Send a type that the operation accepts, without a content encoding."
            ),

            ReasonCode.RateLimited => new("rate_limited", 429, "Too many requests.", "Wait as Retry-After says."),
            ReasonCode.ConcurrencyLimited => new("concurrency_limited", 429, "Too many requests at once.", "Wait until one has ended."),
            ReasonCode.BudgetExhausted => new(
                "budget_exhausted",
                429,
                "The token budget is used up.",
                "Wait for the next window, or have the budget raised.",
                "LLM10"
            ),
            ReasonCode.CumulativeLimitReached => new(
                "cumulative_limit_reached",
                429,
                "The agent has done as much as it may in this window.",
                "Wait for the next window, or have the limit raised.",
                "ASI10"
            ),

            ReasonCode.UpstreamFailed => new("upstream_failed", 502, "The system behind Gateway failed.", "Try again later."),
            ReasonCode.UpstreamRefusedType => new(
                "upstream_refused_type",
                502,
                "The system behind Gateway answered in a form that is not accepted.",
                "Ask the operator."
            ),
            ReasonCode.ResponseTooLarge => new("response_too_large", 502, "The answer is over the operation's limit.", "Ask for less."),
            ReasonCode.CredentialInAnswer => new(
                "credential_in_answer",
                502,
                "The answer held the credential that Gateway had added, and was withheld.",
                "Do not repeat it before asking the operator: the action was done.",
                "ASI03"
            ),
            ReasonCode.OutcomeUnrecorded => new(
                "outcome_unrecorded",
                502,
                "The action was done but its outcome could not be recorded.",
                "Do not repeat it before asking the operator."
            ),
            ReasonCode.UpstreamTimeout => new("upstream_timeout", 504, "The system behind Gateway took too long.", "Try again later."),
            ReasonCode.UpstreamUnavailable => new(
                "upstream_unavailable",
                503,
                "The system behind Gateway is failing and is left alone for a while.",
                "Wait as Retry-After says."
            ),

            ReasonCode.DependencyUnavailable => new(
                "dependency_unavailable",
                503,
                "Something needed to judge the request is not available, so nothing happened.",
                "Try again later."
            ),
            ReasonCode.CredentialUnavailable => new(
                "credential_unavailable",
                503,
                "The credential for the action is not available, so nothing happened.",
                "Try again later."
            ),
            ReasonCode.NotReady => new(
                "not_ready",
                503,
                "Gateway is not ready for this request, so nothing happened.",
                "Sign it anew and try again as Retry-After says."
            ),
            ReasonCode.EvidenceUnavailable => new(
                "evidence_unavailable",
                503,
                "The action could not be recorded, so it did not happen.",
                "Try again later."
            ),
            ReasonCode.Interrupted => new(
                "interrupted",
                503,
                "The request was ended before its answer was complete: this instance stops, or lost what it needs.",
                "Look whether the action was done before repeating it."
            ),
        };

    private static Dictionary<string, ReasonCode> Index()
    {
        var byCode = new Dictionary<string, ReasonCode>(StringComparer.Ordinal);
        foreach (var code in Enum.GetValues<ReasonCode>())
        {
            if (code != ReasonCode.None)
            {
                byCode.Add(Of(code).Code, code);
            }
        }

        return byCode;
    }
}
