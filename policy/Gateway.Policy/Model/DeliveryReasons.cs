namespace Gateway.Policy.Model;

/// <summary>Why what was allowed isn't done: limits, the system behind, what Gateway itself depends on.</summary>
internal static class DeliveryReasons
{
    public static Dictionary<ReasonCode, Reason> All { get; } =
        new()
        {
            [ReasonCode.RateLimited] = new("rate_limited", 429, "Too many requests.", "Wait, or have the rate raised."),
            [ReasonCode.ConcurrencyLimited] = new("concurrency_limited", 429, "Too many requests at once.", "Wait until one has ended."),
            [ReasonCode.BudgetExhausted] = new(
                "budget_exhausted",
                429,
                "The token budget has no room for this call.",
                "Ask for fewer tokens, wait for the next window, or have the budget raised.",
                "LLM10"
            ),
            [ReasonCode.CumulativeLimitReached] = new(
                "cumulative_limit_reached",
                429,
                "The agent has done as much as it may in this window.",
                "Wait for the next window, or have the limit raised.",
                "ASI10"
            ),
            [ReasonCode.UpstreamFailed] = new("upstream_failed", 502, "The system behind Gateway failed.", "Try again later."),
            [ReasonCode.UpstreamRefusedType] = new(
                "upstream_refused_type",
                502,
                "The system behind Gateway answered in a form that is not accepted.",
                "Ask the operator."
            ),
            [ReasonCode.ResponseTooLarge] = new("response_too_large", 502, "The answer is over the operation's limit.", "Ask for less."),
            [ReasonCode.CredentialInAnswer] = new(
                "credential_in_answer",
                502,
                "The answer held the credential that Gateway had added, and was withheld.",
                "Do not repeat it before asking the operator: the action was done.",
                "ASI03"
            ),
            [ReasonCode.OutcomeUnrecorded] = new(
                "outcome_unrecorded",
                502,
                "The action was done but its outcome could not be recorded.",
                "Do not repeat it before asking the operator."
            ),
            [ReasonCode.UpstreamTimeout] = new("upstream_timeout", 504, "The system behind Gateway took too long.", "Try again later."),
            [ReasonCode.UpstreamUnavailable] = new(
                "upstream_unavailable",
                503,
                "The system behind Gateway is failing and is left alone for a while.",
                "Wait, then try again."
            ),
            [ReasonCode.DependencyUnavailable] = new(
                "dependency_unavailable",
                503,
                "Something needed to judge the request is not available, so nothing happened.",
                "Try again later."
            ),
            [ReasonCode.CredentialUnavailable] = new(
                "credential_unavailable",
                503,
                "The credential for the action is not available, so nothing happened.",
                "Try again later."
            ),
            [ReasonCode.NotReady] = new(
                "not_ready",
                503,
                "Gateway is not ready for this request, so nothing happened.",
                "Sign it anew and try again as Retry-After says."
            ),
            [ReasonCode.EvidenceUnavailable] = new(
                "evidence_unavailable",
                503,
                "The action could not be recorded, so it did not happen.",
                "Try again later."
            ),
            [ReasonCode.Interrupted] = new(
                "interrupted",
                503,
                "The request was ended before its answer was complete: this instance stops, or lost what it needs.",
                "Look whether the action was done before repeating it."
            ),
        };
}
