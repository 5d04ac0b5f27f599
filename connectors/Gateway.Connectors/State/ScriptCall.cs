using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>The keys and arguments of one call of the script, in the order that it reads them.</summary>
internal readonly record struct ScriptCall(RedisKey[] Keys, RedisValue[] Arguments);

/// <summary>A call of the script while it is written. Not thread-safe: used again for every call.</summary>
internal sealed class ScriptCallBuilder
{
    public List<RedisKey> Keys { get; } = [];

    public List<RedisValue> Arguments { get; } = [];

    /// <value>Of the argument that is being written.</value>
    public PackedNumbers Numbers { get; } = new();

    /// <summary>Also of what a call left that couldn't be written to its end: it would stand before what the next says.</summary>
    public void Clear()
    {
        Keys.Clear();
        Arguments.Clear();
        Numbers.Clear();
    }

    public ScriptCall Build() => new([.. Keys], [.. Arguments]);
}
