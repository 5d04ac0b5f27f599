using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Pipeline;

/// <summary>Ends a request that was refused before anything was decided: with a record of it first, then the answer.</summary>
public sealed class Refusals(EvidenceStage evidence, AgentRefusals provoked, RefusalIds ids, TimeProvider time)
{
    /// <summary>Null unless a proven agent has provoked so many refusals that nothing more of its is read for a while.</summary>
    internal Refusal? Check(VerifiedAgent agent) =>
        provoked.Wait(agent) is { } wait
            ? new Refusal(ReasonCode.RateLimited, Note: $"agent/{agent.Agent}/refusals", RetryAfter: wait)
            : null;

    /// <summary>As the other, and charged to the agent: what it asked for could never be admitted.</summary>
    internal Task RefuseUnadmittedAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal, ResponseMetadata metadata)
    {
        provoked.Charge(agent);
        return RefuseAsync(envelope, agent, refusal, metadata);
    }

    /// <summary>Nobody is proven: counted in the system's log, so that a flood can't fill the disk.</summary>
    public Task RefuseAsync(HttpContext http, DoorCall call, Refusal refusal, ResponseMetadata metadata)
    {
        evidence.CountRefusal(http, refusal.Reason);
        metadata.RefusalId = ids.Next(refusal.Reason, call.Door.Name);
        return RefusalWriter.WriteAsync(http, call.Door, refusal, decision: null, metadata);
    }

    /// <summary>A proven agent's: recorded in its tenant's journal.</summary>
    public async Task RefuseAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal, ResponseMetadata metadata)
    {
        await RecordAsync(envelope, agent, refusal, metadata);
        await RefusalWriter.WriteAsync(envelope.Http, envelope.Call.Door, refusal, decision: null, metadata);
    }

    /// <summary>Records what is told in another way: of an answer that is under way.</summary>
    internal async Task RecordAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal, ResponseMetadata metadata)
    {
        (metadata.DecisionId, metadata.Reason) = (refusal.Earlier, refusal.Reason);
        metadata.RefusalId = ids.Next(refusal.Reason, envelope.Call.Door.Name);
        metadata.Receipt = await evidence.RecordRefusalAsync(envelope, agent, refusal);
        metadata.Gateway = time.GetElapsedTime(envelope.Started);
    }
}
