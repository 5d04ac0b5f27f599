using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>A call of the script while it is written. Not thread-safe: used again for every call.</summary>
internal sealed class CallDraft
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

    public ScriptCall ToCall() => new([.. Keys], [.. Arguments]);
}
