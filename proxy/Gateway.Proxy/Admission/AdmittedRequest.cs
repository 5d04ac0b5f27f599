using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Admission;

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

    /// <value>Model tokens set aside for it: the most that it could use by what it asked for. 0 where no budget counts it.</value>
    public long Reserved => Request.Budgets is [{ Whole: false } tokens, ..] ? tokens.Reserve : 0;

    /// <summary>How long admission took, the round trip included.</summary>
    public TimeSpan Took { get; internal init; }
}
