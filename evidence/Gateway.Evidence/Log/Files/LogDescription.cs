using System.Buffers;
using System.Security.Cryptography;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Which log this is and whose: the file <c>log.json</c>, in canonical form. Its SHA-256 is the hash that the first record names, so that a
/// log can't be passed off as another tenant's.
/// </summary>
/// <param name="Tenant">The tenant's name, or <see cref="SystemTenant"/>.</param>
internal sealed record LogDescription(LogId Log, string Tenant)
{
    public const string FileName = "log.json";

    /// <summary>
    /// The folder for what has no proven tenant. No tenant can have this name: the first of a name is a letter or a digit.
    /// </summary>
    public const string SystemTenant = "_system";

    private const int MaxLength = 512;

    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(MaxLength);
        var writer = new CanonicalJsonWriter(output);
        writer.StartObject();
        writer.Name("log"u8);
        writer.String(Log.ToString());
        writer.Name("schema"u8);
        writer.String("gateway.log/v1"u8);
        writer.Name("tenant"u8);
        writer.String(Tenant);
        writer.EndObject();
        return output.WrittenSpan.ToArray();
    }

    public byte[] Genesis() => SHA256.HashData(ToBytes());

    /// <summary>The same as <see cref="Read"/>, and null where there is none.</summary>
    public static LogDescription? Find(string folder) => File.Exists(Path.Combine(folder, FileName)) ? Read(folder) : null;

    /// <summary>Reads a log's description; null when it isn't exactly as it was written.</summary>
    public static LogDescription? Read(string folder)
    {
        var bytes = RegularFile.Read(Path.Combine(folder, FileName), MaxLength + 1);
        var scanner = new CanonicalScanner(bytes);
        if (
            bytes.Length > MaxLength
            || !scanner.TrySkip("{\"log\":"u8)
            || !scanner.TrySkipString(out var log)
            || !scanner.TrySkip(",\"schema\":\"gateway.log/v1\",\"tenant\":"u8)
            || !scanner.TrySkipString(out var tenant)
            || !scanner.TrySkip("}"u8)
            || !scanner.AtEnd
        )
        {
            return null;
        }

        var name = System.Text.Encoding.UTF8.GetString(tenant);
        return LogId.TryParse(System.Text.Encoding.UTF8.GetString(log), out var id) && (name == SystemTenant || Id<Tenant>.IsValid(name))
            ? new LogDescription(id, name)
            : null;
    }
}

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
