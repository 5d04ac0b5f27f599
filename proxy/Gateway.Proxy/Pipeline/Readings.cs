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

        metadata.Verdict = Verdict.Allow;
        metadata.Gateway = time.GetElapsedTime(envelope.Started);
        var response = envelope.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Content.Length;
        response.Headers.CacheControl = "no-store";
        metadata.WriteTo(response.Headers);
        await response.Body.WriteAsync(answer.Content, envelope.Http.RequestAborted);
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

        return await call.AnswerAsync(tenant, dossier!, cancellationToken);
    }
}
