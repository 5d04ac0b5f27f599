using Gateway.Policy.Rules.Gating;

namespace Gateway.Cli.Gating;

/// <summary>What came of <c>gate eval</c>.</summary>
/// <param name="Limits">Null where nothing was counted.</param>
/// <param name="Approvals">Null where none was shown.</param>
internal sealed record GateAnswer(GateRequest Request, GateDecision Decision, GateLimits? Limits, GateApprovalChecks? Approvals = null);
