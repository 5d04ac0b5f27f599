using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes what goes together in one call. Used again for every call, one at a time. Thread-safe.</summary>
/// <inheritdoc cref="AdmitCall" path="/param"/>
internal sealed class StateCall
{
    private static readonly RedisValue Mode = "call";

    private readonly Lock _gate = new();
    private readonly CallDraft _draft = new();
    private readonly RedisKey _memory;
    private readonly SettleCall _settle;
    private readonly AdmitCall _admit;

    public StateCall(RedisKeys names, RedisClock clock, long margin)
    {
        _memory = names.Memory;
        _settle = new SettleCall(names, _draft);
        _admit = new AdmitCall(names, clock, margin, _draft);
    }

    public ScriptCall Write(CallBatch batch, RedisSession session)
    {
        lock (_gate)
        {
            _draft.Clear();
            _draft.Keys.Add(_memory);
            _draft.Arguments.AddRange([Mode, session.Identity, default, _settle.WriteMarks(batch.Settlements)]);
            _settle.Write(batch.Settlements);
            _draft.Arguments[2] = _draft.Arguments.Count;
            _admit.Write(batch.Admissions);
            return _draft.ToCall();
        }
    }
}
