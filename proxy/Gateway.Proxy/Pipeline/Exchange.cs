using System.Runtime.CompilerServices;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// One granted action on its way out and its answer on the way back. Concludes exactly once: records the outcome and settles the budgets.
/// </summary>
internal sealed class Exchange(
    Grant grant,
    CredentialStage credentials,
    Tripwire tripwire,
    KillSwitch kills,
    EvidenceStage evidence,
    Settlements settlements,
    ResponseMetadata metadata,
    IResponseReader? reader,
    GatewayMetrics metrics,
    TimeProvider clock
) : GrantedForward(grant, credentials, tripwire, kills, clock)
{
    private readonly Grant _grant = grant;
    private readonly AnswerTee? _tee = KeptBodies.FormFor(grant.Judgement) == BodyForm.Digest ? null : new(grant.Judgement.Read.Body.Held);
    private readonly long _sent = clock.GetTimestamp();

    /// <summary>What was recorded as delivered whole; null for nothing.</summary>
    private Delivery? _completed;

    /// <summary>Set when the answer was refused on its way back; the caller is still to be told.</summary>
    public Refusal? AnswerRefused { get; private set; }

    /// <summary>Whether the outcome has been recorded, or tried to.</summary>
    public bool Concluded { get; private set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    protected override async ValueTask AnswerAsync(HttpContext httpContext, HttpResponseMessage proxyResponse)
    {
        metadata.Upstream = Clock.GetElapsedTime(_sent);
        metadata.Gateway = Clock.GetElapsedTime(_grant.Judgement.Read.Envelope.Started) - metadata.Upstream;
        var copier = new AnswerCopier(
            httpContext,
            proxyResponse,
            new AnswerPlan
            {
                Door = _grant.Judgement.Read.Envelope.Call.Door,
                Operation = _grant.Operation,
                KeepAsync = (_grant.Judgement.Read.Envelope.Call as ActionCall)?.KeeperOf(_grant.Intent, _grant.Connector),
                Seal = (_grant.Judgement.Read.Envelope.Call as ActionCall)?.SealerOf(_grant.Intent, _grant.Connector, _grant.Reading),
                Messages = (_grant.Judgement.Read.Envelope.Call as ActionCall)?.MessagesOf(_grant.Intent, _grant.Connector),
                Reduction = AnswerReduction.Of(_grant.Judgement.Decision.Obligations),
                Metadata = metadata,
                Reader = reader,
                Tee = _tee,
                Held = _grant.Judgement.Read.Body.Held,
                Guard = SecretGuard.Of(_grant.Connector.Credential, Injected),
                Idle = _grant.Timeouts.Idle,
                Lifetime = Lifetime.Token,
                Interrupted = Interruption,
                ConcludeAsync = ConcludeAsync,
            }
        );
        AnswerRefused = await copier.CopyAsync();
        await FinishAsync(httpContext);
    }

    /// <summary>
    /// Behind the last byte: where the caller was gone before it, what was recorded of the answer's end is put right.
    /// </summary>
    private async ValueTask FinishAsync(HttpContext http)
    {
        if (_completed is { } delivery && http.RequestAborted.IsCancellationRequested)
        {
            var (ending, reason, _) = Lifetime.IsInterrupted ? Interruption() : (Ending.Cancelled, ReasonCode.None, null);
            await RecordAsync(delivery with { Ending = ending, Error = reason }, answer: null);
        }
        else if (_completed is not null && http.Response.ContentLength is null)
        {
            await http.Response.CompleteAsync(); // Its end is a piece of its own.
        }

        evidence.NoteEnded(_grant.Judgement, metadata);
    }

    /// <summary>Records how it ended; false when that couldn't be done. The budgets are settled either way.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ConcludeAsync(Delivery delivery)
    {
        var isFirst = !Concluded;
        (Concluded, metadata.Attempts) = (true, AttemptCount);
        if (isFirst)
        {
            settlements.Settle(_grant.Judgement.Admitted, MayHaveBeenSent ? Charge.Of(_grant, delivery, reader, MayHaveArrived) : null);
        }

        if (isFirst && MayHaveBeenSent)
        {
            Signals.Sent(metrics, _grant, delivery, metadata, Clock.GetElapsedTime(_sent));
        }

        // Said again, it was cut behind its record and before its last byte.
        var recorded = await RecordAsync(delivery, isFirst ? _tee : null);
        _completed = recorded && delivery.Ending == Ending.Completed ? delivery : null;
        return recorded;
    }

    private ValueTask<bool> RecordAsync(Delivery delivery, AnswerTee? answer) =>
        evidence.RecordOutcomeAsync(_grant.Judgement, delivery, metadata, CredentialTime, answer);

    /// <summary>Why the answer's lifetime ended, once it has.</summary>
    public (Ending Ending, ReasonCode Reason, string? Detail) Interruption() =>
        Lifetime switch
        {
            { Killed: { } why } => (Ending.Cut, why.Reason, why.Detail),
            { IsInterrupted: true } => (Ending.Cancelled, ReasonCode.None, null),
            _ => (Ending.Cut, ReasonCode.UpstreamTimeout, null),
        };
}
