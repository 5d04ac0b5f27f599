using System.Collections.Frozen;

namespace Gateway.Policy.Model;

/// <summary>What a trigger counts.</summary>
public enum TriggerEvent
{
    Unspecified = 0,

    /// <summary>Refusals of one kind: each reason is counted by itself.</summary>
    Refusals = 1,

    /// <summary>A proof that was used before: a signature's nonce, an approval.</summary>
    Replays = 2,

    /// <summary>Refusals since a budget or a cumulative limit is used up.</summary>
    Budgets = 3,

    /// <summary>A text that no honest request has.</summary>
    Canary = 4,

    /// <summary>What the agent didn't do before.</summary>
    Baseline = 5,
}

/// <summary>What becomes of the agent. Never anything laxer than it was.</summary>
public enum TriggerEffect
{
    Suspend = 0,
    Demote = 1,
}

/// <summary>Whether a trigger acts, or only says that it would have.</summary>
public enum TriggerMode
{
    Enforce = 0,
    Shadow = 1,
}

/// <summary>In what an agent is held against its own past.</summary>
[Flags]
public enum BaselineParts
{
    None = 0,

    /// <summary>An operation that it never called.</summary>
    Operations = 1 << 0,

    /// <summary>A minute with many more calls, or many more bytes, than any before.</summary>
    Volumes = 1 << 1,

    /// <summary>An hour of the day, in UTC, in which it never called.</summary>
    Hours = 1 << 2,
}

/// <summary>From when on an agent's past says something, and how far from it is far.</summary>
/// <param name="Learn">How long the past must be.</param>
/// <param name="Calls">How many calls it must have.</param>
/// <param name="Factor">How many times the busiest minute before is too much.</param>
public sealed record BaselineTerms(BaselineParts Of, TimeSpan Learn, int Calls, int Factor);

/// <summary>
/// What makes an agent lose its standing by itself, at run time: so many events of one kind within a time. Immutable.
/// </summary>
public sealed record Trigger
{
    /// <value>What an agent brings about by what it asks for; neither a limit that clients run into and wait for, nor a lost
    /// dependency.</value>
    public static FrozenSet<ReasonCode> Earned { get; } =
        new[]
        {
            ReasonCode.MalformedRequest,
            ReasonCode.AmbiguousRequest,
            ReasonCode.UnknownField,
            ReasonCode.ProviderCredentialsInRequest,
            ReasonCode.AtfBoundary,
            ReasonCode.ToolNotPermitted,
            ReasonCode.CapabilityUndeclared,
            ReasonCode.PurposeMismatch,
            ReasonCode.OutsideHours,
            ReasonCode.TransactionUnreadable,
            ReasonCode.TransactionOverLimit,
            ReasonCode.DataFlowMissing,
            ReasonCode.BearerNotAllowed,
            ReasonCode.PolicyRule,
            ReasonCode.UnknownConnector,
            ReasonCode.UnknownOperation,
            ReasonCode.UnknownModel,
            ReasonCode.UnknownObject,
        }.ToFrozenSet();

    /// <value>Before these no agent is proven: whoever can reach Gateway could bring them about in another's name.</value>
    public static FrozenSet<ReasonCode> Unproven { get; } =
        new[]
        {
            ReasonCode.MissingCredentials,
            ReasonCode.InvalidSignature,
            ReasonCode.ExpiredSignature,
            ReasonCode.UnknownKey,
            ReasonCode.IdentityMismatch,
            ReasonCode.UnknownDoor,
        }.ToFrozenSet();

    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public required TriggerEvent On { get; init; }

    /// <summary>The reasons that are counted; none for those that are <see cref="Earned"/>.</summary>
    public IReadOnlyList<ReasonCode> Only { get; init; } = [];

    /// <value>From 1 to 1,000.</value>
    public required int Count { get; init; }

    /// <value>From 1 s to 1 d.</value>
    public required TimeSpan Window { get; init; }

    /// <summary>Digests of words; see the reader for what a word is.</summary>
    public FrozenSet<Sha256Digest> Canaries { get; init; } = FrozenSet<Sha256Digest>.Empty;

    /// <summary>Null for anything but <see cref="TriggerEvent.Baseline"/>.</summary>
    public BaselineTerms? Baseline { get; init; }

    public TriggerEffect Then { get; init; }

    /// <summary>The highest level that a demoted agent keeps.</summary>
    public AtfLevel To { get; init; }

    public TriggerMode Mode { get; init; }

    /// <summary>Whom it watches; none for every agent of the tenant.</summary>
    public IReadOnlyList<Id<Agent>> Agents { get; init; } = [];

    /// <summary>Where each of them is named.</summary>
    public IReadOnlyList<SourcePosition> AgentsAt { get; init; } = [];

    public required SourcePosition Source { get; init; }

    public bool Watches(Id<Agent> agent) => Agents.Count == 0 || Agents.Contains(agent);

    /// <summary>Whether a refusal for this reason is an event.</summary>
    public bool Counts(ReasonCode reason) =>
        On switch
        {
            TriggerEvent.Refusals => Only.Count == 0 ? Earned.Contains(reason) : Only.Contains(reason),
            TriggerEvent.Replays => reason is ReasonCode.ReplayedNonce or ReasonCode.ApprovalAlreadyUsed,
            TriggerEvent.Budgets => reason is ReasonCode.BudgetExhausted or ReasonCode.CumulativeLimitReached,
            TriggerEvent.Canary or TriggerEvent.Baseline or TriggerEvent.Unspecified => false,
        };
}
