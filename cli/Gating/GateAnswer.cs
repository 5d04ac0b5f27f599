using Gateway.Gait.Gating;

namespace Gateway.Cli.Gating;

/// <summary>What came of <c>gate eval</c>.</summary>
/// <param name="Proven">What the tokens came to.</param>
/// <param name="Limits">Null where nothing was counted.</param>
/// <param name="Trace">Null where nobody named a key to sign it with.</param>
/// <param name="Credential">Null where none was asked for, or issued.</param>
internal sealed record GateAnswer(
    GateRequest Request,
    GateDecision Decision,
    GateProven Proven,
    GateLimits? Limits,
    GateTrace? Trace,
    IssuedCredential? Credential
);
