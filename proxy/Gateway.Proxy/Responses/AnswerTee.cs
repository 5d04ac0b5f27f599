using System.Buffers;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Responses;

/// <summary>
/// A copy of an answer's body as it came from the system behind, up to a bound, for whoever keeps it. Never what the credential was found
/// in. One answer only.
/// </summary>
public sealed class AnswerTee(HeldBytes held)
{
    /// <value>The most that is copied of one answer: 16 MiB. A stream may be far longer, and the copy is in memory.</value>
    public const int Most = 16 << 20;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Whether there was more: than is copied of one answer, or than there was memory for.</summary>
    public bool Cut { get; private set; }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        var room = Cut ? 0 : Most - _bytes.WrittenCount;
        var taken = bytes[..Math.Min(bytes.Length, room)];
        Cut |= taken.Length < bytes.Length;
        if (!held.TryAddToAnswer(taken.Length))
        {
            Cut = true; // From here on: what is kept has no hole.
            return;
        }

        _bytes.Write(taken);
    }
}
