using Gateway.Connectors.Contracts;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// Answers calls that only read something of Gateway's own and send nothing: with the same proof and limits as an action, and only to an
/// agent that could act. No door is asked before that.
/// </summary>
public sealed class Readings(AdmissionStage admission, Settlements settlements, Refusals refusals, SpentNonces nonces, TimeProvider time)
{
    public async Task AnswerAsync(RequestEnvelope envelope, ReadingCall call, VerifiedAgent agent, ResponseMetadata metadata)
    {
        if (!(await ReadAsync(envelope, call, agent)).TryGet(out var answer, out var refusal))
        {
            await refusals.RefuseAsync(envelope, agent, refusal, metadata);
            return;
        }

        using var place = answer.Place;
        if (answer.Waited is { } waited)
        {
            HandlingAsked.TellApplied(envelope.Http.Response, waited);
        }

        metadata.Verdict = Verdict.Allow;
        metadata.Gateway = time.GetElapsedTime(envelope.Started);
        var response = envelope.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = answer.ContentType;
        response.Headers.CacheControl = "no-store";
        if (answer.Rest is { } rest)
        {
            response.Headers["X-Accel-Buffering"] = "no";
            metadata.WriteTo(response.Headers);
            await StreamAsync(envelope, answer.Content, rest, agent, metadata);
            return;
        }

        response.ContentLength = answer.Content.Length;
        metadata.WriteTo(response.Headers);
        await response.Body.WriteAsync(answer.Content, envelope.Http.RequestAborted);
    }

    /// <summary>Until it ends, its caller leaves, or it is ended: then its last event says why.</summary>
    private async Task StreamAsync(
        RequestEnvelope envelope,
        ReadOnlyMemory<byte> first,
        IAsyncEnumerable<ReadOnlyMemory<byte>> rest,
        VerifiedAgent agent,
        ResponseMetadata metadata
    )
    {
        var (body, lifetime) = (envelope.Http.Response.Body, envelope.Lifetime);
        Refusal? ended;
        try
        {
            await WriteAsync(body, first, lifetime.Token);
            await foreach (var piece in rest.WithCancellation(lifetime.Token))
            {
                await WriteAsync(body, piece, lifetime.Token);
            }

            return;
        }
        catch (OperationCanceledException) when (lifetime.KilledFor is ReasonCode.None && lifetime.IsInterrupted)
        {
            return; // The caller has left.
        }
        catch (OperationCanceledException) when (lifetime.KilledFor is not ReasonCode.None)
        {
            ended = lifetime.Killed ?? new Refusal(lifetime.KilledFor);
        }
        catch (DurableStoreException e)
        {
            ended = new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }

        await refusals.RecordAsync(envelope, agent, ended, metadata);
        await WriteAsync(body, RefusalWriter.ErrorEvent(envelope.Call.Door, ended, metadata), envelope.Http.RequestAborted);
    }

    private static async Task WriteAsync(Stream body, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        await body.WriteAsync(piece, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    private async ValueTask<Result<ReadingAnswer>> ReadAsync(RequestEnvelope envelope, ReadingCall call, VerifiedAgent agent)
    {
        if (envelope.Snapshot.Find(agent.Tenant) is not { } tenant)
        {
            return await nonces.RefuseAsync(envelope.RequestId, agent, envelope.RefusalOf(agent.Tenant));
        }

        if (agent.ClaimedContent is { } claimed && claimed != Sha256Digest.Compute([]))
        {
            return new Refusal(ReasonCode.InvalidSignature, Note: "what only reads takes no body");
        }

        var cancellationToken = envelope.Lifetime.Token;
        var entry = await admission.AdmitAsync(envelope.RequestId, agent, tenant, cancellationToken);
        if (!entry.TryGet(out var admitted, out var refusal))
        {
            return refusal;
        }

        settlements.Settle(admitted, tokensUsed: null);
        var facts = new Facts(admitted.Standing.Status, time.GetUtcNow(), admitted.Standing.Level);
        var reason = StandingCheck.Check(tenant, agent.Workspace, agent.Agent, agent.Strength, facts, out var dossier);
        if (reason != ReasonCode.None)
        {
            return reason;
        }

        return await call.AnswerAsync(envelope, tenant, dossier!, cancellationToken);
    }
}
