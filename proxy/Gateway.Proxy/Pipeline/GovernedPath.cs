using System.Diagnostics;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Telemetry;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// The one way of every request. Each stage takes what the one before it gave, so they can't be called in another order; each gives its
/// value or a refusal; and whatever isn't foreseen ends in a refusal here.
/// </summary>
public sealed partial class GovernedPath(
    FrontDoorStage frontDoor,
    IdentityStage identity,
    IntentStage intents,
    AdmissionStage admission,
    DecisionStage decisions,
    ObligationStage obligations,
    Outbound outbound,
    EvidenceStage evidence,
    EvidenceReading reading,
    RunningRequests runningRequests,
    Settlements settlements,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<GovernedPath> logger
)
{
    public async Task RunAsync(HttpContext http, DoorCall call)
    {
        var marks = new ResponseMetadata { RequestId = Identifier.Next() };
        using var span = RequestSpans.Server(http, Signals.RouteOf(call));
        try
        {
            await RunAsync(http, call, marks, span);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            evidence.CountRefusal(http, ReasonCode.RequestTimeout); // The caller left before anything went out: nobody is there to be told.
        }
        catch (Exception e)
        {
            // The outer wall: a bug or a lost dependency that no room foresaw. It must not let anything through or tell anything.
            Log.Unforeseen(logger, marks.RequestId, e);
            evidence.CountRefusal(http, ReasonCode.InternalError);
            await RefusalWriter.WriteAsync(http, call.Door, new Refusal(ReasonCode.InternalError), decision: null, marks);
        }

        Signals.End(metrics, span, http, call, marks);
    }

    private async Task RunAsync(HttpContext http, DoorCall call, ResponseMetadata marks, Activity? span)
    {
        // (1) front door (2) identity (3) intent (4) admission (5) decision (6) obligations (7) the decision's record (8) out, and the
        // outcome's record
        // (1) Unambiguous and within its limits; one snapshot from here to the end.
        if (!frontDoor.Enter(http, call, marks.RequestId).TryGet(out var envelope, out var refusal))
        {
            await RefuseAsync(http, call, refusal, marks);
            return;
        }

        using var lifetime = envelope.Lifetime;

        // (2) Who, from the headers alone.
        if (!(await identity.ProveAsync(envelope, lifetime.Token)).TryGet(out var agent, out refusal))
        {
            await RefuseAsync(http, call, refusal, marks);
            return;
        }

        // From here on a revocation ends the request too.
        using var running = runningRequests.Start(lifetime, agent);
        if (call.Kind == CallKind.ListModels)
        {
            await ListModelsAsync(envelope, agent, marks, lifetime.Token);
            return;
        }

        if (call.Kind is CallKind.Receipt or CallKind.Checkpoint)
        {
            await ReadEvidenceAsync(envelope, agent, marks, lifetime.Token);
            return;
        }

        // (3) What, from the body, which is the signed one.
        if (!(await intents.ReadAsync(envelope, agent)).TryGet(out var read, out refusal))
        {
            await RefuseAsync(envelope, agent, refusal, marks);
            return;
        }

        using var body = read.Body;

        // (4) Now: new nonce, not revoked, within the limits.
        marks.Connector = read.Connector.Id.ToString();
        var stage = RequestSpans.Stage("gateway.admission");
        var entering = metrics.TimesAdmission ? time.GetTimestamp() : 0;
        var entry = await admission.AdmitAsync(read, lifetime.Token);
        stage?.Dispose();
        if (entering != 0)
        {
            metrics.Admitted(time.GetElapsedTime(entering)); // Refusals too: a store that is slow or gone shows here.
        }

        if (!entry.TryGet(out var admitted, out refusal))
        {
            await RefuseAsync(envelope, agent, refusal, marks);
            return;
        }

        // (5) Whether.
        var asked = time.GetTimestamp();
        stage = RequestSpans.Stage("gateway.policy");
        var judgement = decisions.Judge(read, admitted);
        stage?.Dispose();
        (marks.Verdict, marks.DecisionId, marks.Policy) = (judgement.Decision.Verdict, judgement.DecisionId, time.GetElapsedTime(asked));
        metrics.Judged(marks.Policy);
        Signals.Judged(span, judgement);

        // (6) In which form; only here can a grant come from.
        var cleared = obligations.Meet(judgement).TryGet(out var clearance, out refusal);
        marks.Redacted = clearance?.Redacted ?? default;

        // (7) Before anything leaves. What can't be recorded doesn't happen, nor what can't be kept where its connector asks for that.
        stage = RequestSpans.Stage("gateway.evidence");
        var kept = await evidence.KeepRequestAsync(judgement);
        if (cleared && kept is { IsKept: false } unkept)
        {
            (cleared, clearance, refusal) = (false, null, EvidenceStage.RefusalOf(unkept));
        }

        var appending = metrics.TimesAppends ? time.GetTimestamp() : 0;
        var recorded = await evidence.RecordDecisionAsync(judgement, clearance, kept, cleared ? ReasonCode.None : refusal.Reason);
        stage?.Dispose();
        if (appending != 0)
        {
            metrics.Appended(time.GetElapsedTime(appending));
        }

        if (recorded is not { } receipt)
        {
            (cleared, refusal) = (false, new Refusal(ReasonCode.EvidenceUnavailable));
        }
        else
        {
            marks.Receipt = receipt;
        }

        if (!cleared)
        {
            settlements.Settle(admitted, tokensUsed: null);
            marks.Gateway = time.GetElapsedTime(envelope.Started);
            await RefusalWriter.WriteAsync(http, call.Door, refusal, judgement.Decision, marks);
            return;
        }

        // (8)
        marks.LetThrough = true;
        await outbound.SendAsync(http, clearance!, marks);
    }

    /// <summary>Lists what may be called.</summary>
    private async Task ListModelsAsync(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        ResponseMetadata marks,
        CancellationToken cancellationToken
    )
    {
        if (!(await AdmitReadingAsync(envelope, agent, cancellationToken)).TryGet(out var admitted, out var refusal))
        {
            await RefuseAsync(envelope, agent, refusal, marks);
            return;
        }

        if (
            ModelList.Of(envelope.Snapshot.Find(agent.Tenant)!, agent.Agent, admitted.Standing.Status, envelope.Call.Door) is not { } models
        )
        {
            await RefuseAsync(envelope, agent, new Refusal(ReasonCode.AgentNotActive), marks);
            return;
        }

        marks.Verdict = Verdict.Allow;
        marks.Gateway = time.GetElapsedTime(envelope.Started);
        await ModelList.WriteAsync(envelope.Http, envelope.Call.Door, models, marks);
    }

    /// <summary>Gives a tenant a part of its own journal.</summary>
    private async Task ReadEvidenceAsync(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        ResponseMetadata marks,
        CancellationToken cancellationToken
    )
    {
        if (!(await AdmitReadingAsync(envelope, agent, cancellationToken)).TryGet(out _, out var refusal))
        {
            await RefuseAsync(envelope, agent, refusal, marks);
            return;
        }

        var found =
            envelope.Call.Kind == CallKind.Receipt
                ? await reading.ReceiptAsync(agent.Tenant, envelope.Call.Rest, cancellationToken)
                : reading.Checkpoint(agent.Tenant);
        if (!found.TryGet(out var answer, out refusal))
        {
            await RefuseAsync(envelope, agent, refusal, marks);
            return;
        }

        marks.Verdict = Verdict.Allow;
        marks.Gateway = time.GetElapsedTime(envelope.Started);
        await EvidenceWriter.WriteAsync(envelope.Http, answer, marks);
    }

    /// <summary>Admits what only reads and sends nothing: the same proof and the same limits as a call.</summary>
    private async ValueTask<Result<AdmittedRequest>> AdmitReadingAsync(
        RequestEnvelope envelope,
        VerifiedAgent agent,
        CancellationToken cancellationToken
    )
    {
        if (envelope.Snapshot.Find(agent.Tenant) is not { } tenant)
        {
            return ReasonCode.AgentUnregistered;
        }

        if (agent.ClaimedContent is { } claimed && claimed != Sha256Digest.Of([]))
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: "what only reads takes no body");
        }

        var answer = await admission.AdmitAsync(envelope.RequestId, agent, tenant, cancellationToken);
        if (answer.TryGet(out var admitted, out _))
        {
            settlements.Settle(admitted, tokensUsed: null);
        }

        return answer;
    }

    /// <summary>Nobody is proven: counted in the system's log, so that a flood can't fill the disk.</summary>
    private Task RefuseAsync(HttpContext http, DoorCall call, Refusal refusal, ResponseMetadata marks)
    {
        evidence.CountRefusal(http, refusal.Reason);
        return RefusalWriter.WriteAsync(http, call.Door, refusal, decision: null, marks);
    }

    /// <summary>A proven agent's: recorded in its tenant's journal.</summary>
    private async Task RefuseAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal, ResponseMetadata marks)
    {
        marks.DecisionId = refusal.Earlier;
        marks.Receipt = await evidence.RecordRefusalAsync(envelope, agent, refusal);
        marks.Gateway = time.GetElapsedTime(envelope.Started);
        await RefusalWriter.WriteAsync(envelope.Http, envelope.Call.Door, refusal, decision: null, marks);
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Error, "Request {RequestId} ended in a way that was not foreseen, and was refused")]
        public static partial void Unforeseen(ILogger logger, string requestId, Exception exception);
    }
}
