using System.Buffers;

namespace Gateway.Proxy.Responses;

/// <summary>A copy of an answer's body as it came from the system behind, up to a bound, for whoever keeps it. Never what the credential was found in. One answer only.</summary>
public sealed class AnswerTee
{
    /// <value>The most that is copied of one answer: 16 MiB. A stream may be far longer, and the copy is in memory.</value>
    public const int Most = 16 << 20;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Whether there was more.</summary>
    public bool Cut { get; private set; }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        var room = Most - _bytes.WrittenCount;
        Cut |= bytes.Length > room;
        _bytes.Write(bytes[..Math.Min(bytes.Length, room)]);
    }
}
