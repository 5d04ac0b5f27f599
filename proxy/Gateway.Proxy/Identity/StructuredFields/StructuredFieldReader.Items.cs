using System.Buffers;
using System.Globalization;

namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>Keys and bare items: RFC 8941 sections 4.2.3.1, 4.2.3.3 and 4.2.4 to 4.2.8.</summary>
internal ref partial struct StructuredFieldReader
{
    private const int MaxIntegerDigits = 15;
    private const int MaxDecimalWholeDigits = 12;
    private const int MaxDecimalFractionDigits = 3;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");

    /// <summary>Those of a string that stand for themselves: space to tilde without the quote and the backslash.</summary>
    private static readonly SearchValues<char> UnescapedCharacters = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\')),
    ]);

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~:/"
    );

    /// <summary>Reads one value, without its parameters.</summary>
    public bool TryReadBareItem(out BareItem item)
    {
        item = default;
        if (AtEnd)
        {
            return false;
        }

        return _text[Position] switch
        {
            '"' => TryReadString(out item),
            ':' => TryReadBytes(out item),
            '?' => TryReadBoolean(out item),
            '-' or (>= '0' and <= '9') => TryReadNumber(out item),
            '*' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => TryReadToken(out item),
            _ => false,
        };
    }

    private bool TryReadKey(out Range key)
    {
        key = default;
        if (AtEnd || !(char.IsAsciiLetterLower(_text[Position]) || _text[Position] == '*'))
        {
            return false;
        }

        var length = LengthOf(KeyCharacters);
        key = new Range(Position, Position + length);
        Position += length;
        return true;
    }

    private bool TryReadString(out BareItem item)
    {
        item = default;
        var start = ++Position;
        while (true)
        {
            Position += LengthOf(UnescapedCharacters);
            if (TryTake('"'))
            {
                item = new BareItem(BareItemKind.String, _text[start..(Position - 1)]);
                return true;
            }

            if (!TryTake('\\') || !(TryTake('"') || TryTake('\\')))
            {
                return false;
            }
        }
    }

    private bool TryReadBytes(out BareItem item)
    {
        item = default;
        var rest = _text[(Position + 1)..];
        var length = rest.IndexOf(':');
        if (length < 0 || !StrictBase64.HasOnlyItsAlphabet(rest[..length]))
        {
            return false;
        }

        item = new BareItem(BareItemKind.Bytes, rest[..length]);
        Position += length + 2;
        return true;
    }

    private bool TryReadBoolean(out BareItem item)
    {
        item = default;
        var rest = _text[Position..];
        if (rest.Length < 2 || rest[1] is not ('0' or '1'))
        {
            return false;
        }

        item = new BareItem(BareItemKind.Boolean, rest[..2], rest[1] - '0');
        Position += 2;
        return true;
    }

    private bool TryReadToken(out BareItem item)
    {
        var length = LengthOf(TokenCharacters);
        item = new BareItem(BareItemKind.Token, _text.Slice(Position, length));
        Position += length;
        return true;
    }

    private bool TryReadNumber(out BareItem item)
    {
        item = default;
        var start = Position;
        TryTake('-');
        var whole = TakeDigits();
        if (!TryTake('.'))
        {
            return whole is > 0 and <= MaxIntegerDigits && TryMakeInteger(_text[start..Position], out item);
        }

        var fraction = TakeDigits();
        item = new BareItem(BareItemKind.Decimal, _text[start..Position]);
        // Section 4.1.5 writes a decimal in one way only; none is used here, so none counts as canonical.
        IsCanonical = false;
        return whole is > 0 and <= MaxDecimalWholeDigits && fraction is > 0 and <= MaxDecimalFractionDigits;
    }

    private bool TryMakeInteger(ReadOnlySpan<char> digits, out BareItem item)
    {
        var number = long.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        IsCanonical &= digits is "0" || digits.TrimStart('-')[0] != '0';
        item = new BareItem(BareItemKind.Integer, digits, number);
        return true;
    }

    private int TakeDigits()
    {
        var start = Position;
        while (!AtEnd && char.IsAsciiDigit(_text[Position]))
        {
            Position++;
        }

        return Position - start;
    }

    private readonly int LengthOf(SearchValues<char> allowed)
    {
        var length = _text[Position..].IndexOfAnyExcept(allowed);
        return length < 0 ? _text.Length - Position : length;
    }
}
