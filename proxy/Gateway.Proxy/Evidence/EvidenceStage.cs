using System.Runtime.CompilerServices;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Evidence.Triggers;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Writes down what happens: the decision before, the outcome after, refusals too. Influences nothing except by refusing when it can't
/// write. Holds no secret.
/// </summary>
public sealed partial class EvidenceStage(
    EvidenceOptions options,
    TenantJournals journals,
    KeptBodies bodies,
    DiskShares shares,
    AgentRefusals refusals,
    TriggerWatch triggers,
    TimeProvider time,
    ILogger<EvidenceStage> logger
)
{
    private readonly TimeSpan _deadline = options.Deadline;

    /// <summary>False since an append failed for the disk's sake, until one to the same journal succeeds.</summary>
    public bool IsWritable => journals.AllWritable;

    /// <summary>
    /// Keeps the body as it arrived, where its connector or the decision asks for that, and writes the decision. Null when that is done;
    /// otherwise why the action must not happen.
    /// </summary>
    /// <param name="clearance">Null for what won't go on.</param>
    /// <param name="refused">Why it won't go on although it was judged; none where it will.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Refusal?> RecordDecisionAsync(
        Judgement judgement,
        Clearance? clearance,
        ReasonCode refused,
        ResponseMetadata metadata
    )
    {
        triggers.Judged(judgement, refused);
        if (shares.IsOver(judgement.Read.Intent.Tenant))
        {
            return new Refusal(ReasonCode.EvidenceUnavailable, Note: "the tenant's share of the disk is used up");
        }

        var kept = await bodies.KeepRequestAsync(judgement);
        Refusal? problem = clearance is not null && kept is { IsKept: false } unkept ? RefusalOf(unkept, judgement) : null;
        var receipt = await AppendDecisionAsync(
            judgement,
            problem is null ? clearance : null,
            kept,
            DecisionRecords.DetailOf(judgement, metadata.Policy, time),
            clearance is null ? refused : problem?.Reason ?? ReasonCode.None
        );
        if (receipt is null)
        {
            return new Refusal(ReasonCode.EvidenceUnavailable);
        }

        metadata.Receipt = receipt;
        return problem;
    }

    private static Refusal RefusalOf(KeptBody unkept, Judgement judgement) =>
        unkept.Problem != BodyProblem.Unredactable
            ? new(
                ReasonCode.EvidenceUnavailable,
                judgement.IsDetailed ? "log_detailed: the detail that it must leave can't be written. Nothing was sent." : null
            )
        : judgement.Read.Connector.Bodies.Form == BodyForm.Digest
            ? new(
                ReasonCode.ObligationUnmet,
                "log_detailed: its body must be kept redacted, and can't be: it is not JSON, or holds in a name what must not be kept. "
                    + "Send JSON, or let the connector keep bodies 'full'."
            )
        : new(
            ReasonCode.ObligationUnmet,
            "Its body must be kept redacted, and can't be: it is not JSON, or holds in a name what must not be kept."
        );

    /// <summary>The receipt's id, or null when the decision couldn't be recorded: the action must not happen then.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<string?> AppendDecisionAsync(
        Judgement judgement,
        Clearance? clearance,
        KeptBody? kept,
        DecisionDetail? detail,
        ReasonCode refused
    )
    {
        var durability = Durable.For(judgement);
        var log = journals.Find(judgement.Read.Intent.Tenant);
        if (await AppendAsync(log, DecisionRecords.Of(judgement, clearance, kept, detail), durability) is not { } receipt)
        {
            return null;
        }

        if (
            refused != ReasonCode.None
            && await AppendAsync(
                log,
                new OutcomeRecord
                {
                    DecisionId = judgement.DecisionId,
                    Status = OutcomeStatus.Refused,
                    Reason = refused,
                },
                Durability.Written
            )
                is null
        )
        {
            return null;
        }

        return $"{receipt.Log}.{receipt.Index}";
    }

    /// <summary>
    /// False when the outcome couldn't be recorded, or its answer not be kept where it should: the answer must not be completed then.
    /// </summary>
    /// <param name="credential">How long fetching the credential took; null where none was fetched.</param>
    /// <param name="answer">The answer as it came; null where there was none, or nobody keeps it.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> RecordOutcomeAsync(
        Judgement judgement,
        Delivery delivery,
        ResponseMetadata metadata,
        TimeSpan? credential,
        AnswerTee? answer
    )
    {
        triggers.Delivered(judgement, delivery.Bytes, delivery.Error);
        var log = journals.Find(judgement.Read.Intent.Tenant);
        if (delivery.Ending == Ending.Completed && !TryBeginEnding(log, judgement.DecisionId, metadata))
        {
            return false;
        }

        var kept = await bodies.KeepResponseAsync(judgement, answer);
        var withheld = kept is { Problem: BodyProblem.Unwritable };
        var record = new OutcomeRecord
        {
            DecisionId = judgement.DecisionId,
            Status = withheld && delivery.Ending == Ending.Completed ? OutcomeStatus.Cut : StatusOf(delivery.Ending),
            Reason = withheld && delivery.Error == ReasonCode.None ? ReasonCode.OutcomeUnrecorded : delivery.Error,
            HttpStatus = delivery.Status == 0 ? null : delivery.Status,
            Response = delivery.Digest,
            BytesDelivered = delivery.Bytes,
            InputTokens = delivery.Usage.Input,
            OutputTokens = delivery.Usage.Output,
            Kept = kept,
            Attempts = metadata.Attempts,
            Timings = new OutcomeTimings(
                DecisionRecords.Micros(judgement.Admitted.Took),
                DecisionRecords.Micros(metadata.Policy),
                DecisionRecords.Micros(credential ?? TimeSpan.Zero),
                DecisionRecords.Micros(metadata.Upstream),
                DecisionRecords.Micros(time.GetElapsedTime(judgement.Read.Envelope.Started))
            ),
        };
        return await AppendAsync(log, record, Durable.For(judgement)) is not null && !withheld;
    }

    /// <summary>Its answer's end has gone out, or it is on record that it hasn't.</summary>
    public void NoteEnded(Judgement judgement, ResponseMetadata metadata)
    {
        if (metadata.EndingPlace is { } place)
        {
            metadata.EndingPlace = null;
            journals.Find(judgement.Read.Intent.Tenant)?.EndEnding(place);
        }
    }

    private bool TryBeginEnding(JournalLog? log, string decisionId, ResponseMetadata metadata)
    {
        try
        {
            metadata.EndingPlace = log?.BeginEnding(decisionId);
            return true;
        }
        catch (JournalUnavailableException e)
        {
            if (journals.Note(log!, written: false))
            {
                Log.Unwritten(logger, RecordType.Outcome, e);
            }

            return false;
        }
    }

    /// <summary>
    /// The receipt's id, of an equal one's where there was one within a second; null when there is no record. The request is refused either
    /// way. One of a tenant whose share of the disk is used up is counted with those of nobody that is proven.
    /// </summary>
    public async ValueTask<string?> RecordRefusalAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal)
    {
        triggers.Refused(agent.Tenant, agent.Agent, refusal.Reason);
        if (shares.IsOver(agent.Tenant))
        {
            CountRefusal(envelope.Http, refusal.Reason);
            return null;
        }

        var record = new RefusalRecord
        {
            RequestId = envelope.RequestId,
            Tenant = agent.Tenant,
            Agent = agent.Agent,
            Reason = refusal.Reason == ReasonCode.None ? ReasonCode.InternalError : refusal.Reason,
            Note = refusal.Note ?? refusal.Detail,
        };
        return await refusals.RecordAsync(record, WriteAsync);
    }

    private async Task<string?> WriteAsync(RefusalRecord record)
    {
        var receipt = await AppendAsync(journals.Find(record.Tenant), record, Durability.Written);
        return receipt is { } r ? $"{r.Log}.{r.Index}" : null;
    }

    /// <summary>A refusal of nobody that is proven: counted by second, reason and source.</summary>
    public void CountRefusal(HttpContext http, ReasonCode reason) =>
        journals.Count(reason == ReasonCode.None ? ReasonCode.InternalError : reason, http.Connection.RemoteIpAddress);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RecordReceipt?> AppendAsync(JournalLog? log, IJournalRecord record, Durability durability)
    {
        if (log is null)
        {
            return null; // A tenant without a journal: nothing of its may happen.
        }

        try
        {
            // Not ended by the caller's leaving: what was decided is recorded all the same.
            var receipt = await log.AppendAsync(record, durability, _deadline);
            journals.Note(log, written: true);
            return receipt;
        }
        catch (Exception e) when (e is JournalUnavailableException or OperationCanceledException or ArgumentException)
        {
            // A record that can't be put down says nothing of the disk: one caller's odd text must not take the instance out of service. A
            // lost disk is said once, and not for each request.
            if (e is ArgumentException || journals.Note(log, written: false))
            {
                Log.Unwritten(logger, record.Type, e);
            }

            return null;
        }
    }

    private static OutcomeStatus StatusOf(Ending ending) =>
        ending switch
        {
            Ending.Completed or Ending.DryRun => OutcomeStatus.Completed,
            Ending.Refused => OutcomeStatus.Refused,
            Ending.Failed => OutcomeStatus.Failed,
            Ending.Cancelled => OutcomeStatus.Cancelled,
            Ending.Cut => OutcomeStatus.Cut,
            Ending.OutcomeUnknown => OutcomeStatus.OutcomeUnknown,
        };

    private static partial class Log
    {
        [LoggerMessage(8001, LogLevel.Error, "A {Type} record could not be written; what it stands for does not happen")]
        public static partial void Unwritten(ILogger logger, RecordType type, Exception exception);
    }
}
