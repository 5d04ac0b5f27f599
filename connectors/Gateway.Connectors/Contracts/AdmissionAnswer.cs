namespace Gateway.Connectors.Contracts;

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
