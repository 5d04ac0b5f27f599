using Gateway.Gait.Gating;
using Gateway.Gait.Governing;

namespace Gateway.Cli.Gating;

/// <summary>What came of <c>gate eval</c>.</summary>
/// <param name="Proven">What the tokens came to.</param>
/// <param name="Limits">Null where nothing was counted.</param>
/// <param name="Trace">Null where nobody named a key to sign it with.</param>
/// <param name="Credential">Null where none was asked for, or issued.</param>
internal sealed record GateResult(
    GateRequest Request,
    GateDecision Decision,
    TokenChecks Proven,
    GateLimits? Limits,
    GateTrace? Trace,
    IssuedCredential? Credential
)
{
    /// <summary>What the agent's governance says; null where none was asked.</summary>
    public GovernedVerdict? Governed { get; init; }
}

/// <summary>What counting came to.</summary>
/// <param name="Reached">The first limit that has no room; null for none.</param>
/// <param name="Used">Each limit with how often it was used, this action included.</param>
internal sealed record GateLimits(GateLimit? Reached, IReadOnlyList<(GateLimit Limit, int Used)> Used);
