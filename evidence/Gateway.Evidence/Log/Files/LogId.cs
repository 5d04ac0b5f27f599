using System.Security.Cryptography;

namespace Gateway.Evidence.Log.Files;

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

/// <summary>A log's name in its checkpoints, and its key's name in their signatures: the same, as C2SP tlog-checkpoint advises.</summary>
internal static class LogOrigin
{
    private const string Prefix = "gateway/log/";

    public static string Of(LogId log) => Prefix + log;

    public static bool TryParse(string origin, out LogId log)
    {
        log = default;
        return origin.StartsWith(Prefix, StringComparison.Ordinal) && LogId.TryParse(origin.AsSpan(Prefix.Length), out log);
    }
}
