using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>Everything that one request wants from the shared store, so that it takes one round trip.</summary>
public sealed record AdmissionRequest
{
    public required Id<Tenant> Tenant { get; init; }

    /// <summary>Unique to the request: names its lease and makes settling idempotent.</summary>
    public required string RequestId { get; init; }

    /// <summary>
    /// The last change of the tenant's durable store that this replica has applied. An older one than the shared epoch is
    /// <see cref="AdmissionOutcome.Stale"/>.
    /// </summary>
    public required long Epoch { get; init; }

    /// <summary>Null for a bearer, which has none.</summary>
    public NonceUse? Nonce { get; init; }

    /// <summary>
    /// How many nonces may be remembered for whoever signs. Asked before the nonce, which isn't remembered when it refuses; charged for
    /// each that is, whatever refuses later. Only with a nonce; null for no limit.
    /// </summary>
    public RateUse? NonceRate { get; init; }

    /// <summary>Null where the caller gave no idempotency key.</summary>
    public IdempotencyUse? Idempotency { get; init; }

    public IReadOnlyList<RateUse> Rates { get; init; } = [];
    public IReadOnlyList<ConcurrencyUse> Concurrency { get; init; } = [];

    /// <summary>How long slots and budgets are held when nobody renews that and the request is never settled.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<BudgetUse> Budgets { get; init; } = [];

    /// <value>Whether it holds anything that a lease is for.</value>
    public bool Holds => Concurrency.Count + Budgets.Count > 0;
}

/// <summary>A signature's nonce. It is remembered under tenant and key until the signature has been expired for the allowed skew.</summary>
/// <param name="Created">The signature's own time; one from before the store's memory began is refused.</param>
public sealed record NonceUse(string KeyId, string Value, DateTimeOffset Created, DateTimeOffset Expires);

/// <summary>
/// A caller's promise that two requests under one key are one action. Admitted once; remembered for <paramref name="Remember"/>.
/// </summary>
/// <param name="Key">Unique within the tenant: the agent and its own key.</param>
/// <param name="DecisionId">32 hexadecimal digits: the id that the action's decision will have, given to whoever comes again.</param>
/// <param name="Remember">From 1 s to 7 days.</param>
public sealed record IdempotencyUse(string Key, string DecisionId, TimeSpan Remember);

/// <param name="Key">Unique within the tenant, such as <c>agent/assistant</c>.</param>
public sealed record RateUse(string Key, RateLimit Limit);

/// <param name="Key">Unique within the tenant.</param>
/// <param name="Max">Slots in all.</param>
public sealed record ConcurrencyUse(string Key, int Max);

/// <param name="Key">Unique within the tenant.</param>
/// <param name="Reserve">Set aside until the real number is known.</param>
/// <param name="Whole">Not of tokens but of what an action does (its amount, the call itself): kept whole when the action was sent, given
/// back when not.</param>
/// <param name="Sure">Of tokens, what is used in any case once the action is sent.</param>
public sealed record BudgetUse(string Key, TokenBudget Budget, long Reserve, bool Whole = false, long Sure = 0)
{
    /// <value>What stays charged when whoever sent the action is gone and nobody can say what was used: of what it does, all.</value>
    public long Kept => Whole ? Reserve : Math.Clamp(Sure, 0, Reserve);

    /// <summary>What a settlement leaves charged. For a whole one any number above zero says that the action was sent.</summary>
    public long Charged(long used) => Whole ? (used > 0 ? Reserve : 0) : used;
}

/// <summary>What the shared store said. The zero value admits nothing.</summary>
/// <param name="RetryAfter">For a limit: when it would admit. Zero otherwise.</param>
/// <param name="Key">For a limit: the key of the one that refused. For what was done already: the earlier decision's id. Null
/// otherwise.</param>
/// <param name="At">The store's clock at admission; settling needs it.</param>
/// <param name="Epoch">The tenant's revocation epoch in the store.</param>
public readonly record struct AdmissionAnswer(
    AdmissionOutcome Outcome,
    TimeSpan RetryAfter = default,
    string? Key = null,
    DateTimeOffset At = default,
    long Epoch = 0
);

public enum AdmissionOutcome
{
    /// <summary>The store is down, slow, full, or answered nonsense.</summary>
    Unavailable = 0,
    Admitted = 1,
    Replayed = 2,
    RateLimited = 3,
    ConcurrencyLimited = 4,
    BudgetExhausted = 5,

    /// <summary>This replica hasn't applied a change that another has: apply it, check again, ask again.</summary>
    Stale = 6,

    /// <summary>
    /// The signature is from before the store's memory began, so a replay couldn't be told. Sign anew after <c>RetryAfter</c>.
    /// </summary>
    CreatedTooEarly = 7,

    /// <summary>The idempotency key was used before; <c>Key</c> is the earlier decision's id.</summary>
    AlreadyDone = 8,
}
