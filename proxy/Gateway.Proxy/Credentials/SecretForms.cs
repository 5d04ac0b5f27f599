using System.Buffers;
using System.Text;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// How a credential may be said again, beside escapes: as it is, in base64 of either alphabet wherever in the encoded text it begins, as
/// hexadecimal or decimal bytes. Made once for a value, which takes longer than looking for it. Immutable.
/// </summary>
internal sealed class SecretForms
{
    /// <value>Characters. Of a longer value its beginning is looked for: what holds that holds the rest as well.</value>
    private const int MostOfAValue = 4096;

    private readonly byte[][] _all;
    private readonly SearchValues<string> _search;
    private readonly ulong[] _pairs = new ulong[1 << 10];

    /// <param name="values">ASCII, each long enough not to be found by chance.</param>
    public SecretForms(IEnumerable<string> values)
    {
        string[] all =
        [
            .. values
                .Select(value => value[..Math.Min(value.Length, MostOfAValue)])
                .SelectMany(value => Of(value).Concat(Misread(value)))
                .Distinct(StringComparer.Ordinal),
        ];
        _search = SearchValues.Create(all, StringComparison.Ordinal);
        _all = [.. all.Select(Encoding.Latin1.GetBytes)];
        (Shortest, Longest) = (all.Min(form => form.Length), all.Max(form => form.Length));
        foreach (var form in _all)
        {
            _pairs[Pair(form) >> 6] |= 1UL << (Pair(form) & 63);
        }
    }

    public int Shortest { get; }

    public int Longest { get; }

    public bool IsIn(ReadOnlySpan<char> text) => text.Length >= Shortest && text.ContainsAny(_search);

    /// <summary>How many bytes at the end could be the beginning of one.</summary>
    public int BeginsIn(ReadOnlySpan<byte> text)
    {
        for (var at = Math.Max(0, text.Length - Longest + 1); at + 1 < text.Length; at++)
        {
            var pair = Pair(text[at..]);
            if ((_pairs[pair >> 6] & (1UL << (pair & 63))) != 0 && OneBeginsWith(text[at..]))
            {
                return text.Length - at;
            }
        }

        return !text.IsEmpty && OneBeginsWith(text[^1..]) ? 1 : 0;
    }

    public override string ToString() => "***";

    private bool OneBeginsWith(ReadOnlySpan<byte> text)
    {
        foreach (var form in _all)
        {
            if (form.Length > text.Length && form.AsSpan().StartsWith(text))
            {
                return true;
            }
        }

        return false;
    }

    private static int Pair(ReadOnlySpan<byte> text) => (text[0] << 8) | text[1];

    private static IEnumerable<string> Of(string value)
    {
        var bytes = Encoding.ASCII.GetBytes(value);
        yield return value;
        yield return value.Replace(' ', '+'); // As forms are sent.
        foreach (var encoded in new[] { bytes, Encoding.Unicode.GetBytes(value) }.SelectMany(Base64))
        {
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }

        var hex = Convert.ToHexStringLower(bytes);
        foreach (var between in new[] { "", " ", ":", "-" })
        {
            var pairs = string.Join(between, hex.Chunk(2).Select(pair => new string(pair)));
            yield return pairs;
            yield return pairs.ToUpperInvariant();
        }

        yield return string.Join(',', bytes); // As some languages write bytes in JSON.
        yield return string.Join(", ", bytes);
    }

    /// <summary>What becomes of a value that has something like an escape in it, where it is taken for one.</summary>
    private static IEnumerable<string> Misread(string value)
    {
        var (read, end) = (Encoding.ASCII.GetBytes(value), 0);
        while (EscapedText.Decode(read, [], drop: true, isOpen: false, ref end) is var length && length < read.Length)
        {
            read = read[..length];
            if (length >= SecretValues.Shortest)
            {
                yield return Encoding.Latin1.GetString(read);
            }
        }
    }

    /// <summary>
    /// What base64 of anything that has these bytes in it has in it too: less the characters that it shares with a neighbour.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var (first, behind) = (((before * 8) + 5) / 6, (before + bytes.Length) * 8 / 6);
            yield return encoded[first..behind];
        }
    }
}

/// <summary>What of a credential is to be looked for.</summary>
internal static class SecretValues
{
    /// <summary>Shorter ones would be found in answers that don't tell them; they could be guessed anyway.</summary>
    public const int Shortest = 8;

    /// <returns>What was put into the request, whole and in its parts. Empty where it is too short.</returns>
    public static IReadOnlyList<string> Of(CredentialPlacement placement, string secret)
    {
        string[] values = placement switch
        {
            // What stands behind the colon is the secret; the name before it may well be in an answer.
            CredentialPlacement.Basic =>
            [
                secret,
                Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)),
                secret[(secret.IndexOf(':', StringComparison.Ordinal) + 1)..],
            ],
            CredentialPlacement.Query => [secret, Uri.EscapeDataString(secret)],
            CredentialPlacement.Header or CredentialPlacement.Scheme or CredentialPlacement.Unspecified => [secret],
        };
        return secret.Length < Shortest || !Ascii.IsValid(secret) ? [] : [.. values.Where(value => value.Length >= Shortest)];
    }
}
