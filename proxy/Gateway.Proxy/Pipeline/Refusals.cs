using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Pipeline;

/// <summary>Ends a request that was refused before anything was decided: with a record of it first, then the answer.</summary>
public sealed class Refusals(EvidenceStage evidence, TimeProvider time)
{
    /// <summary>Nobody is proven: counted in the system's log, so that a flood can't fill the disk.</summary>
    public Task RefuseAsync(HttpContext http, DoorCall call, Refusal refusal, ResponseMetadata metadata)
    {
        evidence.CountRefusal(http, refusal.Reason);
        return RefusalWriter.WriteAsync(http, call.Door, refusal, decision: null, metadata);
    }

    /// <summary>A proven agent's: recorded in its tenant's journal.</summary>
    public async Task RefuseAsync(RequestEnvelope envelope, VerifiedAgent agent, Refusal refusal, ResponseMetadata metadata)
    {
        metadata.DecisionId = refusal.Earlier;
        metadata.Receipt = await evidence.RecordRefusalAsync(envelope, agent, refusal);
        metadata.Gateway = time.GetElapsedTime(envelope.Started);
        await RefusalWriter.WriteAsync(envelope.Http, envelope.Call.Door, refusal, decision: null, metadata);
    }
}
