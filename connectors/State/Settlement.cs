using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>What a request is to be given back.</summary>
/// <param name="AdmittedAt">By Redis' clock: tells in which windows it was charged.</param>
/// <param name="TokensUsed">Null where nothing was sent.</param>
internal readonly record struct Settlement(AdmissionRequest Request, DateTimeOffset AdmittedAt, long? TokensUsed)
{
    /// <value>The idempotency key that is free again.</value>
    public IdempotencyUse? Freed => TokensUsed is null ? Request.Idempotency : null;
}
