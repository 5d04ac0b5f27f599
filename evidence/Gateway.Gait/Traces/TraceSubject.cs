using Gateway.Gait.Intents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Traces;

/// <summary>The decision that a trace is to tell of.</summary>
public sealed record TraceSubject
{
    /// <summary>What stands for a tool's name where the request couldn't be read.</summary>
    public const string Unreadable = "unreadable";

    public required string ToolName { get; init; }
    public required Sha256Digest ArgsDigest { get; init; }
    public required Sha256Digest IntentDigest { get; init; }
    public required Sha256Digest PolicyDigest { get; init; }

    /// <summary>
    /// What the rules said; its verdict and reasons are written unless <see cref="Verdict"/> or <see cref="ReasonCodes"/> say otherwise.
    /// </summary>
    public required RuleOutcome Outcome { get; init; }

    /// <summary>What came out in the end, such as an allow after valid approvals.</summary>
    public required Verdict Verdict { get; init; }
    public required IReadOnlyList<string> ReasonCodes { get; init; }
    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>Null where the request couldn't be read.</summary>
    public RuleIntent? Intent { get; init; }

    /// <summary>When it was decided; null leaves it out, so that the same decision gives the same bytes.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    public required string ProducerVersion { get; init; }

    /// <summary>The digest of the trace before this one; null for the first.</summary>
    public Sha256Digest? Previous { get; init; }

    /// <summary>A run's name to bind the trace to, where the intent itself has none.</summary>
    public string RunId { get; init; } = "";

    public static TraceSubject FromIntent(RuleIntent intent, Sha256Digest policy, RuleOutcome outcome, string producerVersion) =>
        new()
        {
            ToolName = intent.ToolName,
            ArgsDigest = IntentDigests.Args(intent),
            IntentDigest = IntentDigests.Compute(intent),
            PolicyDigest = policy,
            Outcome = outcome,
            Verdict = outcome.Verdict,
            ReasonCodes = outcome.ReasonCodes,
            Violations = outcome.Violations,
            Intent = intent,
            ProducerVersion = producerVersion,
        };

    /// <summary>
    /// For a request that couldn't be read: it is refused, and the refusal is proven like any other. The digests are those of its bytes.
    /// </summary>
    public static TraceSubject FromUnreadable(
        ReadOnlySpan<byte> request,
        Sha256Digest policy,
        RuleOutcome outcome,
        string producerVersion
    ) =>
        new()
        {
            ToolName = Unreadable,
            ArgsDigest = Sha256Digest.Compute(request),
            IntentDigest = Sha256Digest.Compute(request),
            PolicyDigest = policy,
            Outcome = outcome,
            Verdict = Verdict.Block,
            ReasonCodes = outcome.ReasonCodes.Count > 0 ? outcome.ReasonCodes : ["intent_not_evaluable"],
            Violations = outcome.Violations.Count > 0 ? outcome.Violations : ["intent_not_evaluable"],
            ProducerVersion = producerVersion,
        };
}
