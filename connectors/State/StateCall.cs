using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>Writes what goes together in one call. Used again for every call, one at a time. Thread-safe.</summary>
/// <inheritdoc cref="AdmitCall" path="/param"/>
internal sealed class StateCall
{
    private static readonly RedisValue Mode = "call";

    private readonly Lock _gate = new();
    private readonly RedisKey _memory;
    private readonly List<RedisKey> _keys = [];
    private readonly List<RedisValue> _arguments = [];
    private readonly SettleCall _settle;
    private readonly AdmitCall _admit;

    public StateCall(RedisKeys names, RedisClock clock, long margin)
    {
        _memory = names.Memory;
        _settle = new SettleCall(names, _keys, _arguments);
        _admit = new AdmitCall(names, clock, margin, _keys, _arguments);
    }

    public ScriptCall Write(CallBatch batch, RedisSession session)
    {
        lock (_gate)
        {
            _keys.Clear();
            _arguments.Clear();
            _keys.Add(_memory);
            _arguments.AddRange([Mode, session.Identity, default, _settle.WriteMarks(batch.Settlements)]);
            _settle.Write(batch.Settlements);
            _arguments[2] = _arguments.Count;
            _admit.Write(batch.Admissions);
            return new ScriptCall([.. _keys], [.. _arguments]);
        }
    }
}
