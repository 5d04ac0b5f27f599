using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>One tenant's admissions and settlements. All keys of a call are in one hash slot, so calls are a tenant's own. Thread-safe.</summary>
internal sealed class TenantCalls
{
    public TenantCalls(RedisKeys names, RedisCaller caller, RedisClock clock, long margin)
    {
        // One call of a kind at a time: so one writer serves them all.
        var (admit, settle) = (new AdmitCall(names, clock, margin), new SettleCall(names));
        Admissions = new(clock, asks => caller.CallAsync(asks, admit.Write, asks.Length, asks[^1].Until));
        Settlements = new(clock, asks => caller.CallAsync(asks, settle.Write, asks.Length, asks[^1].Until));
    }

    public CallQueue<AdmissionRequest> Admissions { get; }

    public CallQueue<Settlement> Settlements { get; }
}
