using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// A secret in a form that tells it: a key with its issuer's prefix, a JSON Web Token (RFC 7519), a private key in PEM (RFC 7468) up to its
/// end or the text's. A password that looks like any word can't be found.
/// </summary>
internal static class SecretPattern
{
    private const int LongestTokenHeader = 256;
    private const int LongestKeyLabel = 40;
    private const int ShortestPart = 8;

    private static readonly SearchValues<byte> Tail = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8
    );

    /// <summary>Prefix and least length behind it, as the issuers document them.</summary>
    private static readonly (byte[] Prefix, int Least)[] Issuers =
    [
        .. Each(16, "sk- sk_live_ sk_test_ rk_live_ rk_test_ whsec_"), // OpenAI and Anthropic, Stripe
        .. Each(30, "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_"), // GitHub
        .. Each(16, "glpat-"), // GitLab
        .. Each(10, "xoxb- xoxp- xoxa- xoxr- xoxs- xapp-"), // Slack
        .. Each(16, "AKIA ASIA"), // Amazon
        .. Each(30, "AIza"),
        .. Each(16, "ya29."), // Google
        .. Each(30, "npm_ pypi- hf_ dop_v1_ shpat_ SG."), // npm, PyPI, Hugging Face, DigitalOcean, Shopify, SendGrid
        .. Each(40, "gwk_ gws_"), // Gateway's own, of agents
    ];

    /// <value>Bytes of the shortest secret, as an issuer makes it or as a token's two parts with a dot. A private key's label alone is
    /// longer.</value>
    private static readonly int Shortest = Math.Min(
        Issuers.Min(issuer => issuer.Prefix.Length + issuer.Least),
        ShortestPart + 1 + ShortestPart
    );

    /// <summary>How all of them begin; a private key with its dashes.</summary>
    private static readonly byte[][] Prefixes = [.. Issuers.Select(issuer => issuer.Prefix), "eyJ"u8.ToArray(), "-"u8.ToArray()];

    private static readonly SearchValues<byte> First = SearchValues.Create([.. Prefixes.Select(prefix => prefix[0]).Distinct()]);

    /// <summary>
    /// Bytes that are rare in text; of each secret one is its first that isn't a small letter, at most <see cref="MaxBeforeAnchor"/>
    /// behind its beginning.
    /// </summary>
    public static IReadOnlyList<byte> Anchors { get; } = [.. Prefixes.Select(prefix => prefix[AnchorIn(prefix)]).Distinct()];

    public static int MaxBeforeAnchor { get; } = Prefixes.Max(AnchorIn);

    /// <summary>Nearly every prefix has one of these.</summary>
    private static readonly SearchValues<byte> Marks = SearchValues.Create("-_"u8);

    /// <summary>How the others begin; a token's parts have a dot between them.</summary>
    private static readonly byte[][] Unmarked = [.. Prefixes.Where(prefix => !prefix.AsSpan().ContainsAny(Marks))];

    /// <summary>
    /// Whether a text has what every secret has in it: false for most text, in a small part of the time of looking at each place.
    /// </summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        if (text.Length < Shortest)
        {
            return false;
        }

        if (text.ContainsAny(Marks))
        {
            return true;
        }

        foreach (var prefix in Unmarked)
        {
            if (text.IndexOf(prefix) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The length of the secret that begins at a place; 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Nearly every character is told by its first test, or by the one before it.
    public static int LengthAt(ReadOnlySpan<byte> text, int at) =>
        First.Contains(text[at]) && (text[at] == '-' || at == 0 || !(char.IsAsciiLetterOrDigit((char)text[at - 1]) || text[at - 1] == '_'))
            ? Length(text, at)
            : 0;

    private static int AnchorIn(byte[] prefix) => prefix.AsSpan().IndexOfAnyExceptInRange((byte)'a', (byte)'z');

    private static int Length(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        if (rest[0] == '-')
        {
            return PrivateKeyLength(rest);
        }

        return rest[0] == 'e' ? TokenLength(rest) : IssuedLength(rest);
    }

    private static int IssuedLength(ReadOnlySpan<byte> rest)
    {
        foreach (var (prefix, least) in Issuers)
        {
            if (
                rest[0] != prefix[0]
                || !rest.StartsWith(prefix)
                || rest.Length < prefix.Length + least
                || rest.Slice(prefix.Length, least).ContainsAnyExcept(Tail)
            )
            {
                continue;
            }

            var end = rest[prefix.Length..].IndexOfAnyExcept(Tail);
            return end < 0 ? rest.Length : prefix.Length + end;
        }

        return 0;
    }

    /// <summary>
    /// Two parts that begin as JSON objects do in base64url, and whatever else hangs on them. The first has a bound, so that no text takes
    /// longer than another.
    /// </summary>
    private static int TokenLength(ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith("eyJ"u8))
        {
            return 0;
        }

        var dot = rest[..Math.Min(rest.Length, LongestTokenHeader)].IndexOf((byte)'.');
        if (
            dot < ShortestPart
            || !rest[(dot + 1)..].StartsWith("eyJ"u8)
            || rest.Length < dot + 1 + ShortestPart
            || rest[..(dot + 1 + ShortestPart)].ContainsAnyExcept(Tail)
        )
        {
            return 0;
        }

        var end = rest.IndexOfAnyExcept(Tail);
        return end < 0 ? rest.Length : end;
    }

    private static int PrivateKeyLength(ReadOnlySpan<byte> rest)
    {
        var label = "-----BEGIN "u8;
        if (!rest.StartsWith(label))
        {
            return 0;
        }

        var head = rest[..Math.Min(rest.Length, label.Length + LongestKeyLabel)];
        if (head.IndexOf("PRIVATE KEY-----"u8) < 0)
        {
            return 0;
        }

        var foot = rest.IndexOf("-----END "u8);
        var end = foot < 0 ? -1 : rest[(foot + "-----END "u8.Length)..].IndexOf("-----"u8);
        return end < 0 ? rest.Length : foot + "-----END "u8.Length + end + "-----"u8.Length;
    }

    private static IEnumerable<(byte[] Prefix, int Least)> Each(int least, string prefixes) =>
        prefixes.Split(' ').Select(prefix => (Encoding.ASCII.GetBytes(prefix), least));
}
