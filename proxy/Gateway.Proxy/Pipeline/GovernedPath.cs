using System.Diagnostics;
using System.Runtime.CompilerServices;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Approvals;
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
    ApprovalStage approvals,
    ObligationStage obligations,
    Outbound outbound,
    Readings readings,
    EvidenceStage evidence,
    Refusals refusals,
    SpentNonces nonces,
    RunningRequests runningRequests,
    Settlements settlements,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<GovernedPath> logger
)
{
    public async Task RunAsync(HttpContext http, DoorCall call)
    {
        var metadata = new ResponseMetadata { RequestId = Identifier.Next() };
        using var span = RequestSpans.Server(http, call.Route);
        try
        {
            await RunAsync(http, call, metadata, span);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            evidence.CountRefusal(http, ReasonCode.RequestTimeout); // The caller left before anything went out: nobody is there to be told.
        }
        catch (Exception e)
        {
            // The outer wall: a bug or a lost dependency that no stage foresaw. It must not let anything through or tell anything.
            Log.Unforeseen(logger, metadata.RequestId, e);
            await refusals.RefuseAsync(http, call, new Refusal(ReasonCode.InternalError), metadata);
        }

        Signals.End(metrics, span, http, call, metadata);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunAsync(HttpContext http, DoorCall call, ResponseMetadata metadata, Activity? span)
    {
        // (1) front door  (2) identity  (3) intent  (4) admission  (5) decision  (6) obligations  (7) the decision's record  (8) out, and
        // the outcome's record
        // (1) Unambiguous and within its limits; one snapshot from here to the end.
        if (!frontDoor.Enter(http, call, metadata.RequestId).TryGet(out var envelope, out var refusal))
        {
            await refusals.RefuseAsync(http, call, refusal, metadata);
            return;
        }

        using var lifetime = envelope.Lifetime;

        // (2) Who, from the headers alone.
        if (!(await identity.ProveAsync(envelope, lifetime.Token)).TryGet(out var agent, out refusal))
        {
            await refusals.RefuseAsync(http, call, refusal, metadata);
            return;
        }

        // From here on a revocation ends the request too, wherever it is.
        using var running = runningRequests.Start(lifetime, agent);
        if (refusals.Check(agent) is { } provoked)
        {
            await refusals.RefuseAsync(envelope, agent, provoked, metadata);
            return;
        }

        try
        {
            await ActAsync(envelope, running, metadata, span);
        }
        catch (OperationCanceledException) when (lifetime.Killed is not null)
        {
            await refusals.RefuseAsync(envelope, agent, lifetime.Killed, metadata);
        }
    }

    /// <summary>
    /// From step 3 on: for a request that Gateway makes in the course of another, whose agent is proven. It is judged and recorded as the
    /// agent's own.
    /// </summary>
    internal async Task RunInCourseAsync(RequestEnvelope envelope, VerifiedAgent agent)
    {
        var metadata = new ResponseMetadata { RequestId = envelope.RequestId };
        using var running = runningRequests.Start(envelope.Lifetime, agent);
        try
        {
            await ActAsync(envelope, running, metadata, span: null);
        }
        catch (OperationCanceledException) when (envelope.Lifetime.Killed is not null)
        {
            await refusals.RefuseAsync(envelope, agent, envelope.Lifetime.Killed, metadata);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ActAsync(RequestEnvelope envelope, RunningRequest running, ResponseMetadata metadata, Activity? span)
    {
        var agent = running.Agent;
        if (envelope.Call.ReadingFor(envelope.Snapshot.Find(agent.Tenant), agent.Agent) is { } reading)
        {
            await readings.AnswerAsync(envelope, reading, agent, metadata);
            return;
        }

        // (3) What, from the body, which is the signed one.
        if (!(await intents.ReadAsync(envelope, agent)).TryGet(out var request, out var refusal))
        {
            refusal = await nonces.RefuseAsync(envelope.RequestId, agent, refusal);
            await refusals.RefuseUnadmittedAsync(envelope, agent, refusal, metadata);
            return;
        }

        using var body = request.Body;
        running.Asked = request.Intent; // From here on what stops its connector or operation ends it too.
        (metadata.Connector, metadata.Operation) = (request.Connector.Id.ToString(), request.Operation.Id.ToString());

        // (4) Now: new nonce, not revoked, within the limits. Refusals are timed too: a store that is slow or gone shows here.
        Result<AdmittedRequest> entry;
        using (metrics.TimeAdmission(time))
        {
            entry = await admission.AdmitAsync(request, envelope.Lifetime.Token);
        }

        if (!entry.TryGet(out var admitted, out refusal))
        {
            await refusals.RefuseAsync(envelope, agent, refusal, metadata);
            return;
        }

        // (5) Whether.
        var judgement = Judge(request, admitted, metadata, span);
        if (judgement.Decision.Verdict == Verdict.RequireApproval)
        {
            judgement = await HoldAsync(judgement, envelope.Lifetime.Token);
            metadata.Verdict = judgement.Decision.Verdict;
            if (judgement.Waited is { } waited)
            {
                HandlingAsked.TellApplied(envelope.Http.Response, waited);
            }
        }

        // (6) In which form; only here can a grant come from.
        obligations.Meet(judgement).TryGet(out var clearance, out refusal);
        running.Sent = clearance?.Intent;
        metadata.Redacted = clearance?.Redacted ?? default;
        metadata.Dropped = request.Dropped;

        // (7) Before anything leaves. What can't be recorded doesn't happen, nor what can't be kept where its connector asks for that.
        using (metrics.TimeAppend(time))
        {
            refusal = await evidence.RecordDecisionAsync(judgement, clearance, refusal?.Reason ?? ReasonCode.None, metadata) ?? refusal;
        }

        if (refusal is not null)
        {
            settlements.Settle(admitted, tokensUsed: null);
            metadata.Gateway = time.GetElapsedTime(envelope.Started);
            metadata.Words = RefusalWords.Of(judgement);
            await RefusalWriter.WriteAsync(envelope.Http, envelope.Call.Door, refusal, judgement.Decision, metadata);
            return;
        }

        // (8)
        metadata.LetThrough = true;
        await outbound.SendAsync(envelope.Http, clearance!, metadata);
    }

    /// <summary>What ends while it waits for people was never sent: what it was charged is given back.</summary>
    private async ValueTask<Judgement> HoldAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        try
        {
            return await approvals.ResolveAsync(judgement, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            settlements.Settle(judgement.Admitted, tokensUsed: null);
            throw;
        }
    }

    private Judgement Judge(ParsedRequest request, AdmittedRequest admitted, ResponseMetadata metadata, Activity? span)
    {
        var asked = time.GetTimestamp();
        using var timer = metrics.TimeDecision(time);
        var judgement = decisions.Judge(request, admitted, admitted.Standing);
        metadata.Judged(judgement.Decision.Verdict, judgement.DecisionId, time.GetElapsedTime(asked));
        Signals.Judged(span, judgement);
        return judgement;
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Error, "Request {RequestId} ended in a way that was not foreseen, and was refused")]
        public static partial void Unforeseen(ILogger logger, string requestId, Exception exception);
    }
}
