using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// What all replicas of a gateway know together and must agree on: nonces, rates, concurrency, budgets, revocation epochs.
/// Every call ends by its deadline; whatever goes wrong is <see cref="AdmissionOutcome.Unavailable"/>, never an admission.
/// Thread-safe.
/// </summary>
public interface ISharedState : IAsyncDisposable
{
    /// <summary>
    /// Makes the memory usable for these tenants: checks the store's settings and begins a generation where memory was lost.
    /// Called at start and whenever the tenants change; also safe to call again.
    /// </summary>
    /// <exception cref="SharedStateException">The store can't be used: unreachable, or set up so that it may forget.</exception>
    Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken);

    /// <summary>
    /// Consumes the nonce and every limit, or nothing but the nonce, atomically and in one round trip. Doesn't throw for a lost store.
    /// </summary>
    ValueTask<AdmissionAnswer> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Gives back the concurrency and corrects the budgets to what was used; where nothing was sent the idempotency key too. Idempotent by
    /// the request's id. For one that never arrives the lease ends, which frees the concurrency and leaves the budgets charged with
    /// <see cref="BudgetUse.Kept"/>, and the key used. False when the store couldn't be reached and it should be tried again.
    /// </summary>
    /// <param name="tokensUsed">For an action without tokens: above zero when it was sent. Null where nothing can have been sent.</param>
    ValueTask<bool> SettleAsync(AdmissionRequest request, AdmissionAnswer answer, long? tokensUsed, CancellationToken cancellationToken);

    /// <summary>
    /// Lets what these requests hold be held for so long from now, where it still is; zero gives it back at once. Then gives back what is
    /// held under leases that ended, whoever took it. In one round trip for up to 1,000. False when the store couldn't be reached.
    /// </summary>
    ValueTask<bool> RenewAsync(Id<Tenant> tenant, IReadOnlyList<string> requestIds, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Raises a tenant's revocation epoch to at least this; it never falls. False when the store couldn't be reached.</summary>
    ValueTask<bool> PublishEpochAsync(Id<Tenant> tenant, long epoch, CancellationToken cancellationToken);

    /// <summary>A tenant's revocation epoch; null when the store couldn't be reached.</summary>
    ValueTask<long?> ReadEpochAsync(Id<Tenant> tenant, CancellationToken cancellationToken);
}

/// <summary>The shared store can't be relied on. The message says what is wrong and how to mend it; it is for operators.</summary>
public sealed class SharedStateException(string message, Exception? inner = null) : Exception(message, inner);
