using System.Buffers.Binary;
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

/// <summary>
/// Numbers that go to the script as one argument: doubles of eight bytes each, lowest byte first. Not thread-safe: used again after each
/// argument.
/// </summary>
internal sealed class PackedNumbers
{
    private readonly List<double> _numbers = [];

    /// <param name="numbers">Whole numbers below 2^53, which a double holds exactly; microseconds stay below it until the year
    /// 2255.</param>
    public void Add(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            _numbers.Add(number);
        }
    }

    public void Clear() => _numbers.Clear();

    public byte[] Take()
    {
        var bytes = new byte[_numbers.Count * sizeof(double)];
        for (var i = 0; i < _numbers.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), _numbers[i]);
        }

        _numbers.Clear();
        return bytes;
    }
}
