using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Base64 (RFC 4648 section 4); the padding may be left out.</summary>
internal static class EncodingFunctions
{
    private const int QuadLength = 4;

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new(
            "base64.encode(bytes) -> string",
            (f, a) => f.ChargeText(a[0].AsBytes.Length) ? CelValue.From(Convert.ToBase64String(a[0].AsBytes)) : Failures.TooCostly
        ),
        new("base64.decode(string) -> bytes", (f, a) => f.ChargeText(a[0].AsString.Length) ? Decode(a[0].AsString) : Failures.TooCostly),
    ];

    private static CelValue Decode(string text)
    {
        // The base library skips white space, which the standard doesn't allow.
        if (text.AsSpan().ContainsAny(" \t\r\n"))
        {
            return Failures.BadConversion;
        }

        var padded = text.PadRight((text.Length + QuadLength - 1) / QuadLength * QuadLength, '=');
        var bytes = new byte[padded.Length / QuadLength * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? CelValue.From(bytes[..length]) : Failures.BadConversion;
    }
}
