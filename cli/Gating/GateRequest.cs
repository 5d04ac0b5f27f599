using Gateway.Cli.Brokers;
using Gateway.Evidence.Signing;
using Gateway.Gait.Governing;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>Everything that <c>gate eval</c> was given, read.</summary>
internal sealed record GateRequest
{
    public required GatePolicy Policy { get; init; }

    /// <summary>As which agent the intent is judged too; null for by the policy alone.</summary>
    public GovernedAgent? Governed { get; init; }

    public required IntentResult Intent { get; init; }

    /// <summary>The intent's file, whose digest stands for an intent that can't be read.</summary>
    public required ReadOnlyMemory<byte> IntentBytes { get; init; }

    public required RuleFacts Facts { get; init; }

    public required GateProfile Profile { get; init; }

    public bool Simulate { get; init; }

    /// <summary>Whether the moment of judging was given, and isn't the clock's.</summary>
    public bool HasGivenTime { get; init; }

    /// <summary>What is shown to prove approvals and delegations.</summary>
    public GateTokens Tokens { get; init; } = GateTokens.None;

    /// <summary>The folder that remembers which approvals were used.</summary>
    public required string UsedTokens { get; init; }

    /// <summary>Counters of the limits.</summary>
    public required string LimitState { get; init; }

    /// <summary>Signs the trace; without one there is no trace, which production doesn't take.</summary>
    public Ed25519PrivateKey? Key { get; init; }

    /// <summary>Whether the key was asked for by <c>--key-mode dev</c>.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>The folder of the signed traces.</summary>
    public required string Traces { get; init; }

    /// <summary>Another file that the trace is written to; null for none.</summary>
    public string? TraceCopy { get; init; }

    /// <summary>Issues the credentials that rules ask for.</summary>
    public required CredentialBroker Broker { get; init; }

    /// <summary>What the reading of all this has to tell.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
