using Gateway.Connectors.Contracts;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Responses;

/// <summary>How one answer is to be copied.</summary>
public sealed class AnswerPlan
{
    public required IDoor Door { get; init; }
    public required Operation Operation { get; init; }
    public required ResponseMetadata Metadata { get; init; }

    /// <summary>Reads usage from a model's answer; null for anything else.</summary>
    public required IResponseReader? Reader { get; init; }

    /// <summary>How the ids that the provider gives out become the agent's own; null where they go on as they come.</summary>
    public Func<string, string>? Seal { get; init; }

    /// <summary>What is done with an answer that is read whole before any of it goes on; null for nothing.</summary>
    public Func<int, ReadOnlyMemory<byte>, ValueTask<Result<AnswerBody>>>? KeepAsync { get; init; }

    /// <summary>Reads it message by message; null where it isn't made of messages.</summary>
    public AnswerMessages? Messages { get; init; }

    /// <summary>What must be done to the answer before it goes on; null for nothing.</summary>
    internal AnswerReduction? Reduction { get; init; }

    /// <summary>Gets what comes from the system behind, once it is seen not to hold the credential; null where nobody keeps it.</summary>
    internal AnswerTee? Tee { get; init; }

    /// <summary>What the request holds of memory, to which an answer that is read whole is added.</summary>
    public required HeldBytes Held { get; init; }

    /// <summary>Finds the credential that went out.</summary>
    public required SecretGuard Guard { get; init; }

    /// <summary>The longest silence inside the answer.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>Ends with the caller, the kill or the total time.</summary>
    public required CancellationToken Lifetime { get; init; }

    /// <summary>Why <see cref="Lifetime"/> ended, asked when it has.</summary>
    public required Func<(Ending Ending, ReasonCode Reason, string? Detail)> Interrupted { get; init; }

    /// <summary>Records the outcome; false when it couldn't, and then the answer must not be completed.</summary>
    public required Func<Delivery, ValueTask<bool>> ConcludeAsync { get; init; }
}

/// <summary>
/// What the obligations demand of an answer: first its arrays are cut, then its text is redacted. Anything but JSON can't be reduced.
/// </summary>
internal sealed record AnswerReduction(RedactionTerms? Redaction, TermSet<RowLimit> Rows)
{
    /// <summary>Null where nothing is demanded.</summary>
    public static AnswerReduction? Of(Policy.Model.Obligations obligations) =>
        obligations.RedactResponse is null && obligations.RowLimits.Count == 0
            ? null
            : new(obligations.RedactResponse, obligations.RowLimits);

    /// <summary>Of a header nothing can be replaced without saying something else: one with a find doesn't go on.</summary>
    public bool MayStandInHeader(string value) =>
        Redaction is not { Patterns: not RedactionPatterns.None } terms || !JsonRedactor.IsFound(value, terms.Patterns);

    /// <summary>False where it can't be met: the answer must not go on.</summary>
    /// <param name="output">Empty; has the reduced answer until it is disposed of.</param>
    /// <param name="redacted">What was replaced.</param>
    /// <param name="status">An answer that tells of a failure needn't have the arrays asked for, but then no long ones either.</param>
    public bool TryReduce(
        ReadOnlyMemory<byte> body,
        int status,
        GrowingBuffer output,
        out ReadOnlyMemory<byte> reduced,
        out RedactionCounts redacted
    )
    {
        (reduced, redacted) = (body, default);
        if (body.IsEmpty && (Rows.Count == 0 || status >= 400))
        {
            return true;
        }

        if (Rows.Count > 0 && !RowLimiter.TryLimit(body, Rows, out reduced))
        {
            if (status < 400 || !RowLimiter.IsWithin(body.Span, Rows))
            {
                return false;
            }

            reduced = body;
        }

        return Redaction is null || JsonRedactor.TryRedact(reduced, Redaction, output, out reduced, out redacted);
    }
}
