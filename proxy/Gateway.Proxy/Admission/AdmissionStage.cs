using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Admission;

/// <summary>
/// May the request enter now: nonce, revocation, rates, concurrency and budgets, in one round trip to the shared store. Never checks first
/// and adds later, and never falls back from the shared store to memory.
/// </summary>
public sealed class AdmissionStage(
    ISharedState state,
    AgentDirectory directory,
    RevocationFeed feed,
    Limits limits,
    HeldLeases leases,
    TimeProvider time
)
{
    /// <summary>Admits an action.</summary>
    public ValueTask<Result<AdmittedRequest>> AdmitAsync(ParsedRequest intent, CancellationToken cancellationToken)
    {
        var decisionId = Identifier.Next();
        var request = limits.Of(intent, decisionId, feed.EpochOf(intent.Intent.Tenant));
        return AdmitAsync(request, decisionId, intent.Agent, intent.Connector.Timeouts.Total, cancellationToken);
    }

    /// <summary>Admits a request that only asks what may be done; it has no connector and uses no tokens.</summary>
    public ValueTask<Result<AdmittedRequest>> AdmitAsync(
        string requestId,
        VerifiedAgent agent,
        Policy.Compilation.TenantSnapshot tenant,
        CancellationToken cancellationToken
    ) =>
        AdmitAsync(
            limits.Of(requestId, agent, tenant, feed.EpochOf(agent.Tenant)),
            Identifier.Next(),
            agent,
            TimeSpan.Zero,
            cancellationToken
        );

    /// <summary>Uses up a request's nonce and asks for nothing else: it is refused already.</summary>
    public ValueTask<Result<AdmittedRequest>> SpendAsync(string requestId, VerifiedAgent agent, CancellationToken cancellationToken) =>
        AdmitAsync(
            Limits.Nothing(requestId, agent, feed.EpochOf(agent.Tenant)),
            Identifier.Next(),
            agent,
            TimeSpan.Zero,
            cancellationToken
        );

    private async ValueTask<Result<AdmittedRequest>> AdmitAsync(
        AdmissionRequest request,
        string decisionId,
        VerifiedAgent agent,
        TimeSpan runsFor,
        CancellationToken cancellationToken
    )
    {
        if (!feed.IsCurrent)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: "changes of the durable store can't be followed");
        }

        var started = time.GetTimestamp();
        var answer = await state.AdmitAsync(request, cancellationToken);
        if (answer.Outcome == AdmissionOutcome.Stale)
        {
            // Another replica knows of a change that this one has not applied yet: apply it, then ask again. Once: a second time means the
            // durable store lags behind what was published, and then nothing can be said.
            await feed.CatchUpAsync(agent.Tenant, cancellationToken);
            request = request with { Epoch = feed.EpochOf(agent.Tenant) };
            answer = await state.AdmitAsync(request, cancellationToken);
        }

        if (answer.Outcome != AdmissionOutcome.Admitted)
        {
            return Refuse(request, answer);
        }

        // Identity looked before admission; what changed in between is applied by now and counts.
        var (reason, standing) = directory.StandingOf(agent);
        if (reason != ReasonCode.None)
        {
            await state.SettleAsync(request, answer, tokensUsed: null, CancellationToken.None);
            return reason;
        }

        leases.Add(request, runsFor);
        return new AdmittedRequest(request, answer, standing) { DecisionId = decisionId, Took = time.GetElapsedTime(started) };
    }

    private static Refusal Refuse(AdmissionRequest request, AdmissionAnswer answer)
    {
        TimeSpan? retry = answer.RetryAfter > TimeSpan.Zero ? answer.RetryAfter : null;
        return answer.Outcome switch
        {
            AdmissionOutcome.Replayed => new(ReasonCode.ReplayedNonce),
            AdmissionOutcome.RateLimited => new(
                ReasonCode.RateLimited,
                Note: answer.Key,
                RetryAfter: retry,
                Limit: ReachedLimit.RateOf(request, answer)
            ),
            AdmissionOutcome.ConcurrencyLimited => new(ReasonCode.ConcurrencyLimited, Note: answer.Key, RetryAfter: retry),
            AdmissionOutcome.BudgetExhausted => ReachedLimit.OfBudget(request, answer, retry),
            AdmissionOutcome.AlreadyDone => new(
                ReasonCode.IdempotencyConflict,
                $"It was used for decision {answer.Key}.",
                Earlier: answer.Key
            ),
            AdmissionOutcome.CreatedTooEarly => new(
                ReasonCode.NotReady,
                Note: "signed before the shared state's memory began",
                RetryAfter: retry
            ),
            AdmissionOutcome.Unavailable or AdmissionOutcome.Stale => new(
                ReasonCode.DependencyUnavailable,
                Note: $"shared state: {answer.Outcome}"
            ),
            AdmissionOutcome.Admitted => new(ReasonCode.InternalError),
        };
    }
}

/// <summary>
/// That a request may enter now: its nonce is consumed and its limits are charged. Settled exactly once, whatever becomes of the request.
/// </summary>
public sealed class AdmittedRequest
{
    internal AdmittedRequest(AdmissionRequest request, AdmissionAnswer answer, AgentStanding standing) =>
        (Request, Answer, Standing) = (request, answer, standing);

    internal AdmissionRequest Request { get; }

    internal AdmissionAnswer Answer { get; }

    /// <summary>What the durable store says about the agent as of admission.</summary>
    public AgentStanding Standing { get; }

    /// <summary>The id that the decision about it has: known before it is made, so that an idempotency key can name it.</summary>
    public required string DecisionId { get; init; }

    /// <summary>How long admission took, the round trip included.</summary>
    public TimeSpan Took { get; internal init; }
}
