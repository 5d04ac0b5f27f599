using Gateway.Connectors.Bodies;
using Gateway.Connectors.Redaction;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Keeps the bodies of calls of the connectors that ask for it, in the form that they ask for, and of calls that are recorded in detail,
/// redacted unless their connector asks for more. Where nothing is asked for nothing is done.
/// </summary>
public sealed partial class KeptBodies(
    EvidenceOptions options,
    JournalOptions journal,
    BodyStore store,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<KeptBodies> logger
)
{
    /// <summary>Everything that the redactor knows: no obligation says less of what may be kept.</summary>
    private static readonly RedactionTerms Everything = new(
        Enum.GetValues<RedactionPatterns>().Aggregate(RedactionPatterns.None, (all, pattern) => all | pattern),
        TermSet<ArgumentPointer>.Empty
    );

    private int _failing;

    /// <summary>Makes ready what the connectors of a snapshot ask for, before it comes into force. Blocks.</summary>
    /// <exception cref="IOException">It can't be made ready: nothing of these connectors could be let through.</exception>
    internal void Prepare(Snapshot snapshot)
    {
        foreach (
            var connector in snapshot
                .Tenants.SelectMany(tenant => snapshot.Find(tenant)!.Connectors.Values)
                .Where(c => c.Bodies.Form != BodyForm.Digest)
        )
        {
            try
            {
                store.Prepare(connector.Tenant, UntilOf(connector));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or EnvelopeException)
            {
                throw new IOException(
                    $"The connector '{connector.Id}' of tenant '{connector.Tenant}' asks that bodies are kept, and they can't be: "
                        + $"{e.Message}",
                    e
                );
            }
        }
    }

    /// <summary>Null where there is nothing to keep. What isn't kept although it should be must not be sent.</summary>
    public ValueTask<KeptBody?> KeepRequestAsync(Judgement judgement) =>
        FormFor(judgement) == BodyForm.Digest
            ? default
            : KeepAsync(
                judgement,
                BodyDirection.Request,
                judgement.Read.Body.Arrived,
                cut: false,
                judgement.Decision.Obligations.RedactRequest
            );

    /// <summary>Null where there is nothing to keep.</summary>
    public ValueTask<KeptBody?> KeepResponseAsync(Judgement judgement, AnswerTee? answer) =>
        answer is null
            ? default
            : KeepAsync(judgement, BodyDirection.Response, answer.Bytes, answer.Cut, judgement.Decision.Obligations.RedactResponse);

    private async ValueTask<KeptBody?> KeepAsync(
        Judgement judgement,
        BodyDirection direction,
        ReadOnlyMemory<byte> body,
        bool cut,
        RedactionTerms? owed
    )
    {
        if (body.IsEmpty)
        {
            return null;
        }

        var read = judgement.Read;
        var kept = new KeptBody(FormFor(judgement), UntilOf(read.Connector));
        if (kept.Form == BodyForm.Redacted && (cut || !JsonRedactor.TryRedact(body, RedactionTerms.Merge(Everything, owed)!, out body)))
        {
            metrics.Unkept(direction == BodyDirection.Request, "unredactable");
            return kept with { Problem = BodyProblem.Unredactable };
        }

        try
        {
            using var deadline = new CancellationTokenSource(options.Deadline, time);
            var name = new BodyName(read.Intent.Tenant, kept.Until, judgement.DecisionId, direction);
            var synced = journal.AlwaysSynced || Durable.For(judgement) == Durability.Synced;

            // The wait ends with the deadline even where the disk hangs: the store has a copy of its own.
            await store.KeepAsync(name, body.Span, synced, deadline.Token).WaitAsync(deadline.Token);
            Note(written: true, name, null);
            return kept with { Digest = Sha256Digest.Compute(body.Span), Length = body.Length, Cut = cut };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EnvelopeException or OperationCanceledException)
        {
            metrics.Unkept(direction == BodyDirection.Request, "unwritable");
            Note(written: false, new BodyName(read.Intent.Tenant, kept.Until, judgement.DecisionId, direction), e);
            return kept with { Problem = BodyProblem.Unwritable };
        }
    }

    /// <summary>What a call that is recorded in detail must have kept, whatever its connector says.</summary>
    internal static BodyForm FormFor(Judgement judgement) =>
        judgement is { Read.Connector.Bodies.Form: BodyForm.Digest, IsDetailed: true }
            ? BodyForm.Redacted
            : judgement.Read.Connector.Bodies.Form;

    private DateOnly UntilOf(Connector connector)
    {
        var retention = connector.Bodies.Form == BodyForm.Digest ? BodyRetention.DefaultRetention : connector.Bodies.Retention;
        return DateOnly.FromDateTime((time.GetUtcNow() + retention).UtcDateTime);
    }

    /// <summary>A lost disk is said once, and not for each body.</summary>
    private void Note(bool written, BodyName name, Exception? why)
    {
        if (Interlocked.Exchange(ref _failing, written ? 0 : 1) is var before && (before != 0) != written)
        {
            return;
        }

        if (written)
        {
            Log.Writable(logger);
        }
        else
        {
            Log.Unwritten(logger, name, why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8006, LogLevel.Error, "The {Name} could not be kept; what its connector wants kept does not go on")]
        public static partial void Unwritten(ILogger logger, BodyName name, Exception? exception);

        [LoggerMessage(8007, LogLevel.Warning, "Bodies can be kept again")]
        public static partial void Writable(ILogger logger);
    }
}
