using System.Buffers;
using System.Text;

namespace Gateway.Samples.Provider.Answering;

/// <summary>The server-sent events of one answer, ready to be sent. One buffer for all of them; not thread-safe.</summary>
internal sealed class EventScript
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly List<int> _ends = [];

    public int Count => _ends.Count;

    /// <summary>Which event an endless stream repeats.</summary>
    public int Repeated { get; private set; }

    /// <summary>The dialect's error event, for a stream that fails in the middle.</summary>
    public EventScript? Failure { get; init; }

    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.WrittenMemory[start.._ends[index]];
        }
    }

    /// <param name="type">The <c>event</c> field; null for none.</param>
    public EventScript Add(string? type, string data)
    {
        if (type is not null)
        {
            Write("event: ");
            Write(type);
            Write("\n");
        }

        Write("data: ");
        Write(data);
        Write("\n\n");
        _ends.Add(_bytes.WrittenCount);
        return this;
    }

    /// <summary>Adds the event that an endless stream repeats.</summary>
    public void AddRepeated(string? type, string data)
    {
        Repeated = Count;
        Add(type, data);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _bytes);
}
