using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence.Triggers;

/// <summary>
/// Finds canaries, which are known by their digests only: documents are read by people and by agents, and whoever reads one must not carry
/// the marker away with it. A marker is a word: 16 to 64 ASCII letters, digits, hyphens and underscores, with none of them on either side.
/// </summary>
internal static class Markers
{
    private const int Shortest = 16;
    private const int Longest = 64;

    /// <value>Of <c>\u000a</c>, behind the backslash: a word's first letters may be the end of an escape.</value>
    private const int LongestEscape = 5;

    private static readonly SearchValues<byte> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8
    );

    /// <summary>The digest of the first that is in a text; null for none. Allocates nothing.</summary>
    public static Sha256Digest? Find(ReadOnlySpan<byte> text, FrozenSet<Sha256Digest> canaries)
    {
        var at = 0;
        while (text[at..].IndexOfAny(Letters) is >= 0 and var start)
        {
            at += start;
            var length = text[at..].IndexOfAnyExcept(Letters) is >= 0 and var end ? end : text.Length - at;
            var escape = at == 0 ? 0 : EscapeOf(text[at - 1], text[at]);
            if ((Test(text.Slice(at, length), canaries) ?? Test(text[at..(at + length)][Math.Min(escape, length)..], canaries)) is { } seen)
            {
                return seen;
            }

            at += length;
        }

        return null;
    }

    /// <summary>The same in a path or a query.</summary>
    public static Sha256Digest? Find(string text, FrozenSet<Sha256Digest> canaries)
    {
        if (text.Length < Shortest)
        {
            return null;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Find(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), canaries);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>How many of a word's first letters belong to an escape of JSON or of a URL.</summary>
    private static int EscapeOf(byte before, byte first) =>
        (before, first) switch
        {
            ((byte)'\\', (byte)'u') => LongestEscape,
            ((byte)'\\', _) => 1,
            ((byte)'%', _) => 2,
            _ => 0,
        };

    private static Sha256Digest? Test(ReadOnlySpan<byte> word, FrozenSet<Sha256Digest> canaries)
    {
        if (word.Length is < Shortest or > Longest)
        {
            return null;
        }

        var digest = Sha256Digest.Compute(word);
        return canaries.Contains(digest) ? digest : null;
    }
}
