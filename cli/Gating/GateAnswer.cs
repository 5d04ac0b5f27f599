using Gateway.Policy.Rules.Gating;

namespace Gateway.Cli.Gating;

/// <summary>What came of <c>gate eval</c>.</summary>
/// <param name="Limits">Null where nothing was counted.</param>
/// <param name="Trace">Null where nobody named a key to sign it with.</param>
internal sealed record GateAnswer(GateRequest Request, GateDecision Decision, GateLimits? Limits, GateTrace? Trace);
