using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes what goes together in one call. Used again for every call, one at a time. Thread-safe.</summary>
/// <inheritdoc cref="AdmissionWriter" path="/param"/>
internal sealed class BatchWriter
{
    private static readonly RedisValue Mode = "call";

    private readonly Lock _gate = new();
    private readonly ScriptCallBuilder _call = new();
    private readonly RedisKey _memory;
    private readonly SettlementWriter _settle;
    private readonly AdmissionWriter _admit;

    public BatchWriter(RedisKeys names, RedisClock clock, long margin)
    {
        _memory = names.Memory;
        _settle = new SettlementWriter(names, _call);
        _admit = new AdmissionWriter(names, clock, margin, _call);
    }

    public ScriptCall Write(CallBatch batch, RedisSession session)
    {
        lock (_gate)
        {
            _call.Clear();
            _call.Keys.Add(_memory);
            _call.Arguments.AddRange([Mode, session.Identity, default, default]);
            _call.Arguments[3] = _settle.WriteHeld(batch.Settlements);
            _settle.Write(batch.Settlements);
            _call.Arguments[2] = _call.Arguments.Count;
            _admit.Write(batch.Admissions);
            return _call.Build();
        }
    }
}
