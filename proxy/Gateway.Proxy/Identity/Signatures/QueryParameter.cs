using System.Globalization;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>
/// The value of <c>@query-param</c> (RFC 9421 section 2.2.8): found by name, decoded as a form is, and encoded again so that it has one
/// spelling. A name that occurs twice has no value.
/// </summary>
internal static class QueryParameter
{
    private const string Hex = "0123456789ABCDEF";

    /// <param name="query">As sent, with its question mark.</param>
    /// <param name="name">In the encoded spelling.</param>
    public static bool TryWrite(ReadOnlySpan<char> query, scoped ReadOnlySpan<char> name, ref PooledAscii output)
    {
        ReadOnlySpan<char> found = default;
        var times = 0;
        var pairs = query is ['?', ..] ? query[1..] : query;
        foreach (var range in pairs.Split('&'))
        {
            var pair = pairs[range];
            var equals = pair.IndexOf('=');
            if (!pair.IsEmpty && Encode(equals < 0 ? pair : pair[..equals]).AsSpan().SequenceEqual(name))
            {
                found = equals < 0 ? default : pair[(equals + 1)..];
                times++;
            }
        }

        return times == 1 && output.TryAppend(Encode(found));
    }

    private static string Encode(ReadOnlySpan<char> text)
    {
        var encoded = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (
                text[i] == '%'
                && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            )
            {
                Append(encoded, (char)octet);
                i += 2;
            }
            else
            {
                Append(encoded, text[i] == '+' ? ' ' : text[i]);
            }
        }

        return encoded.ToString();
    }

    private static void Append(System.Text.StringBuilder encoded, char octet)
    {
        if (char.IsAsciiLetterOrDigit(octet) || octet is '*' or '-' or '.' or '_')
        {
            encoded.Append(octet);
        }
        else if (octet <= byte.MaxValue)
        {
            encoded.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
        }
        else
        {
            // Not ASCII, so not a query that was sent; kept, and refused when it is written.
            encoded.Append(octet);
        }
    }
}
