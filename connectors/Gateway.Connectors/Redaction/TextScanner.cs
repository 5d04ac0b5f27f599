using System.Buffers;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Finds what patterns mean in UTF-8 text, in time linear in its length: every pattern looks ahead by a bounded length, or over a run of
/// characters once.
/// </summary>
internal static class TextScanner
{
    /// <value>An IBAN's two letters stand before its first digit; other numbers begin with an anchor.</value>
    private const int MaxBeforeNumber = 2;

    private static readonly SearchValues<byte> Numbers = SearchValues.Create(NumberAnchors);
    private static readonly SearchValues<byte> NumbersAndSecrets = SearchValues.Create([.. NumberAnchors, .. SecretPattern.Anchors]);

    /// <summary>The first find at or behind a place. The one that begins first counts, and of those the first in the order below.</summary>
    /// <param name="patterns">Best those that are <see cref="Possible"/> in the text.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, RedactionPatterns patterns, int from, out TextFind find)
    {
        if (patterns == RedactionPatterns.Email)
        {
            var isFound = EmailPattern.TryFind(text, from, out var start, out var length);
            find = isFound ? new TextFind(RedactionPatterns.Email, start, length) : default;
            return isFound;
        }

        var (anchors, most) = AnchorsOf(patterns);
        var anchor = -1;
        for (var at = from; at < text.Length && patterns != 0; at++)
        {
            if (anchors is not null && at > anchor)
            {
                var next = text[at..].IndexOfAny(anchors);
                if (next < 0)
                {
                    break;
                }

                anchor = at + next;
                at = Math.Max(at, anchor - most);
            }

            find = FindAt(text, patterns, at);
            if (find.Length > 0)
            {
                return true;
            }
        }

        find = default;
        return false;
    }

    /// <summary>
    /// Those whose every find has a byte that the text has. Looking for a byte takes a small part of the time of looking for finds, and
    /// most text has none. To be asked once a text: asked again behind each find, a text with many would take the square of its length.
    /// </summary>
    public static RedactionPatterns Possible(ReadOnlySpan<byte> text, RedactionPatterns patterns)
    {
        const RedactionPatterns OfDigits = RedactionPatterns.Card | RedactionPatterns.Iban | RedactionPatterns.Phone;
        if ((patterns & RedactionPatterns.Email) != 0 && !text.Contains((byte)'@'))
        {
            patterns &= ~RedactionPatterns.Email;
        }

        if ((patterns & OfDigits) != 0 && !text.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            patterns &= ~OfDigits;
        }

        return (patterns & RedactionPatterns.Secret) != 0 && !SecretPattern.MayBeIn(text) ? patterns & ~RedactionPatterns.Secret : patterns;
    }

    /// <summary>
    /// Bytes of which each find has one at its beginning or so far behind it at most: from one to the next of them nothing else needs to be
    /// looked at. Null where there are none.
    /// </summary>
    private static (SearchValues<byte>? Anchors, int MaxBefore) AnchorsOf(RedactionPatterns patterns) =>
        (patterns & RedactionPatterns.Email) != 0 ? (null, 0)
        : (patterns & RedactionPatterns.Secret) != 0 ? (NumbersAndSecrets, Math.Max(MaxBeforeNumber, SecretPattern.MaxBeforeAnchor))
        : (Numbers, MaxBeforeNumber);

    private static ReadOnlySpan<byte> NumberAnchors => "0123456789+("u8;

    private static TextFind FindAt(ReadOnlySpan<byte> text, RedactionPatterns patterns, int at)
    {
        var length = 0;
        if ((patterns & RedactionPatterns.Secret) != 0 && (length = SecretPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Secret, at, length);
        }

        if ((patterns & RedactionPatterns.Email) != 0 && (length = EmailPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Email, at, length);
        }

        if ((patterns & RedactionPatterns.Iban) != 0 && (length = IbanPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Iban, at, length);
        }

        if ((patterns & RedactionPatterns.Card) != 0 && (length = CardPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Card, at, length);
        }

        return (patterns & RedactionPatterns.Phone) != 0 && (length = PhonePattern.LengthAt(text, at)) > 0
            ? new(RedactionPatterns.Phone, at, length)
            : default;
    }
}

/// <summary>Where one pattern was found, in bytes.</summary>
internal readonly record struct TextFind(RedactionPatterns Pattern, int Start, int Length);
