using System.Buffers;
using System.Text.Unicode;

namespace Gateway.Connectors.Http;

/// <summary>What a query's text must be made of, before anybody looks at its parameters.</summary>
internal static class QueryText
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?[]%"
    );

    /// <summary>Null where there is none; else what continues "The query …", without repeating it.</summary>
    public static string? ProblemOf(ReadOnlySpan<char> raw)
    {
        if (raw.Length > CleanQuery.MaxLength)
        {
            return $"must have at most {CleanQuery.MaxLength} characters";
        }

        return raw.ContainsAnyExcept(Allowed) ? "has a character that must be encoded" : ProblemOfEscapes(raw);
    }

    private static string? ProblemOfEscapes(ReadOnlySpan<char> raw)
    {
        Span<byte> bytes = stackalloc byte[CleanQuery.MaxLength];
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            var value = (byte)raw[at];
            if (raw[at] == '%')
            {
                if (!PercentEncoding.TryDecode(raw, at, out value))
                {
                    return "has a percent sign without two hexadecimal digits";
                }

                if (PercentEncoding.IsControl(value))
                {
                    return "has an encoded control character";
                }

                at += 2;
            }

            bytes[length++] = value;
        }

        return !Utf8.IsValid(bytes[..length]) ? "is not UTF-8 when decoded"
            : HasC1(bytes[..length]) ? "has an encoded control character"
            : null;
    }

    /// <summary>U+0080 to U+009F: to some readers a line's end or the beginning of a command.</summary>
    private static bool HasC1(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf((byte)0xC2); at >= 0 && at + 1 < utf8.Length; )
        {
            if (utf8[at + 1] is >= 0x80 and <= 0x9F)
            {
                return true;
            }

            utf8 = utf8[(at + 1)..];
            at = utf8.IndexOf((byte)0xC2);
        }

        return false;
    }
}
