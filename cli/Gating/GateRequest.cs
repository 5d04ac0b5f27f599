using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>Everything that <c>gate eval</c> was given, read.</summary>
internal sealed record GateRequest
{
    public required GatePolicy Policy { get; init; }

    public required IntentResult Intent { get; init; }

    public required RuleFacts Facts { get; init; }

    public required GateProfile Profile { get; init; }

    public bool Simulate { get; init; }

    /// <summary>Whether the moment of judging was given, and isn't the clock's.</summary>
    public bool HasGivenTime { get; init; }

    /// <summary>Null where none was shown.</summary>
    public GateApprovals? Approvals { get; init; }

    /// <summary>Counters of the limits.</summary>
    public required string LimitState { get; init; }
}
