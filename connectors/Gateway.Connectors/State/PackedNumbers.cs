using System.Buffers.Binary;

namespace Gateway.Connectors.State;

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
