using System.Security.Cryptography;

namespace Gateway.Evidence.Journal;

/// <summary>The name of one log: 16 random bytes, made once and kept. Receipts carry it. The zero value names no log.</summary>
/// <value>32 hexadecimal digits in lower case.</value>
public readonly record struct LogId
{
    /// <value>Bytes.</value>
    internal const int Length = 16;

    private readonly string? _text;

    private LogId(string text) => _text = text;

    public static LogId Create() => new(RandomNumberGenerator.GetHexString(2 * Length, lowercase: true));

    /// <summary>False (and the empty id) for anything but 32 lower-case hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LogId id)
    {
        var good = text.Length == 2 * Length && !text.ContainsAnyExcept("0123456789abcdef");
        id = good ? new LogId(text.ToString()) : default;
        return good;
    }

    internal void CopyTo(Span<byte> destination) => Convert.FromHexString(ToString(), destination, out _, out _);

    public override string ToString() => _text ?? "";
}
