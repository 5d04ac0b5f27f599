using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What the rules say about one intent, and what else must hold for it. Immutable. Unset blocks.</summary>
public sealed record RuleOutcome
{
    public Verdict Verdict { get; init; }

    /// <summary>Sorted, each once.</summary>
    public IReadOnlyList<string> ReasonCodes { get; init; } = [];

    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>The names of the rules that counted, sorted, each once.</summary>
    public IReadOnlyList<string> MatchedRules { get; init; } = [];

    /// <summary>What must be done if the action goes ahead.</summary>
    public Obligations Obligations { get; init; } = Obligations.None;

    /// <summary>How many approvals must be given before a require_approval becomes an allow.</summary>
    public ApprovalDemand Approval { get; init; } = NoApproval;

    /// <summary>What the credential broker must do before an allow counts.</summary>
    public BrokerDemand Broker { get; init; } = NoBroker;

    /// <summary>The delegation must be proven by tokens before an allow counts.</summary>
    public bool RequireDelegation { get; init; }

    /// <summary>Every limit must hold before an allow counts.</summary>
    public IReadOnlyList<LimitDemand> RateLimits { get; init; } = [];

    /// <summary>The same for destructive actions: they count only when <see cref="Destructive"/>.</summary>
    public IReadOnlyList<LimitDemand> DestructiveBudgets { get; init; } = [];

    /// <summary>Whether any target, of the intent or of a step, is destructive.</summary>
    public bool Destructive { get; init; }

    public bool DataflowTriggered { get; init; }

    /// <summary>Null when no rule asked.</summary>
    public CheckStatus? Freeze { get; init; }

    /// <summary>Null when no rule asked.</summary>
    public CheckStatus? Sandbox { get; init; }

    public KillSwitchDecision? KillSwitch { get; init; }

    /// <summary>Null when the policy doesn't ask or the call isn't to an MCP server.</summary>
    public McpTrustDecision? McpTrust { get; init; }

    /// <summary>What the steps of a script came to; null for a single action.</summary>
    public ScriptOutcome? Script { get; init; }

    /// <summary>Why the intent couldn't be judged at all; the verdict is then block, and there is no reason code.</summary>
    public IReadOnlyList<IntentError> Errors { get; init; } = [];

    private static readonly ApprovalDemand NoApproval = new();
    private static readonly BrokerDemand NoBroker = new();

    /// <summary>No rule of an overlay matched: it adds nothing to what the controls say.</summary>
    internal static RuleOutcome Silent { get; } = new() { Verdict = Verdict.Allow };

    internal static RuleOutcome Blocked(IReadOnlyList<string> reasons, IReadOnlyList<string> violations) =>
        new()
        {
            Verdict = Verdict.Block,
            ReasonCodes = CodeList.Normalise(reasons),
            Violations = CodeList.Normalise(violations),
        };

    /// <summary>What is added to an outcome after the rules: it can only become stricter.</summary>
    internal RuleOutcome Tighten(Verdict verdict, IReadOnlyList<string> reasons, IReadOnlyList<string> violations)
    {
        var stricter = RuleVerdicts.Stricter(Verdict, verdict);
        var least = stricter == Verdict.RequireApproval ? 1 : 0;
        return this with
        {
            Verdict = stricter,
            ReasonCodes = CodeList.Merge(ReasonCodes, reasons),
            Violations = CodeList.Merge(Violations, violations),
            Approval = Approval with { Minimum = Math.Max(least, Approval.Minimum) },
        };
    }
}

/// <summary>What the steps of a script came to.</summary>
/// <param name="Steps">One a step, in their order.</param>
/// <param name="CompositeRiskClass"><c>low</c>, <c>medium</c> or <c>high</c>: the highest of the steps.</param>
public sealed record ScriptOutcome(IReadOnlyList<RuleOutcome> Steps, string CompositeRiskClass);
