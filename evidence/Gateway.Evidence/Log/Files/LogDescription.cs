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
