using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Gateway.Policy.Canonical;

/// <summary>
/// Walks over a text and checks, byte for byte, that it is in canonical form. Every method is false, and the scanner of no further use, at
/// the first byte that isn't. Allocates nothing but for names with escapes; never throws on any bytes.
/// </summary>
public ref struct CanonicalScanner
{
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.0123456789Ee"u8);

    private readonly ReadOnlySpan<byte> _text;
    private int _depth;

    /// <summary>A text that isn't UTF-8 counts as empty, and so isn't canonical.</summary>
    public CanonicalScanner(ReadOnlySpan<byte> text) => _text = Utf8.IsValid(text) ? text : default;

    /// <value>The offset of the next byte.</value>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _text.Length;

    /// <summary>Steps over exactly these bytes.</summary>
    public bool TrySkip(ReadOnlySpan<byte> expected)
    {
        if (!_text[Position..].StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Steps over one value, whatever it is.</summary>
    public bool TrySkipValue()
    {
        if (AtEnd)
        {
            return false;
        }

        return _text[Position] switch
        {
            (byte)'{' => TrySkipObject(default, out _),
            (byte)'[' => TrySkipArray(),
            (byte)'"' => TrySkipString(out _),
            (byte)'t' => TrySkip("true"u8),
            (byte)'f' => TrySkip("false"u8),
            (byte)'n' => TrySkip("null"u8),
            _ => TrySkipNumber(out _),
        };
    }

    /// <summary>Steps over an object and hands out one of its values.</summary>
    /// <param name="wanted">The name, without escapes; empty for none.</param>
    /// <param name="value">The value's bytes as they stand, quotes and all; empty when there is no such member.</param>
    public bool TrySkipObject(ReadOnlySpan<byte> wanted, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryEnter("{"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> last = default;
        for (var first = true; !TrySkip("}"u8); first = false)
        {
            if ((!first && !TrySkip(","u8)) || !TrySkipString(out var name) || !TrySkip(":"u8))
            {
                return false;
            }

            var start = Position;
            if (!TrySkipValue() || (!first && Compare(last, name) >= 0))
            {
                return false;
            }

            last = name;
            value = !wanted.IsEmpty && name.SequenceEqual(wanted) ? _text[start..Position] : value;
        }

        _depth--;
        return true;
    }

    /// <summary>
    /// Steps into an object up to one of its values; false where it has none of this name. The object counts as checked only so far.
    /// </summary>
    /// <param name="wanted">The name, without escapes.</param>
    public bool TryStepTo(ReadOnlySpan<byte> wanted)
    {
        for (var more = TryEnter("{"u8); more; more = TrySkipValue() && TrySkip(","u8))
        {
            if (!TrySkipString(out var name) || !TrySkip(":"u8))
            {
                return false;
            }

            if (name.SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Steps over a string and hands out what is between the quotes, with its escapes.</summary>
    public bool TrySkipString(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (!TrySkip("\""u8))
        {
            return false;
        }

        for (var start = Position; ; )
        {
            var special = _text[Position..].IndexOfAny(JsonText.Special);
            if (special < 0)
            {
                return false;
            }

            Position += special;
            if (TrySkip("\""u8))
            {
                raw = _text[start..(Position - 1)];
                return true;
            }

            if (!TrySkipEscape())
            {
                return false;
            }
        }
    }

    /// <summary>Steps over a number and hands out its text.</summary>
    public bool TrySkipNumber(out ReadOnlySpan<byte> number)
    {
        var rest = _text[Position..];
        var length = rest.IndexOfAnyExcept(NumberBytes);
        number = rest[..(length < 0 ? rest.Length : length)];
        Position += number.Length;
        return IsPlainInteger(number) || IsCanonicalNumber(number);
    }

    private bool TrySkipArray()
    {
        if (!TryEnter("["u8))
        {
            return false;
        }

        for (var first = true; !TrySkip("]"u8); first = false)
        {
            if ((!first && !TrySkip(","u8)) || !TrySkipValue())
            {
                return false;
            }
        }

        _depth--;
        return true;
    }

    private bool TryEnter(ReadOnlySpan<byte> bracket) => TrySkip(bracket) && ++_depth <= CanonicalJson.MaxDepth;

    private bool TrySkipEscape()
    {
        var rest = _text[Position..];
        if (rest.Length < 2 || rest[0] != '\\')
        {
            return false;
        }

        if (rest[1] is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r')
        {
            Position += 2;
            return true;
        }

        // The only characters written as numbers are the control characters that have no letter, in lower case.
        var isNumber = rest.Length >= 6 && rest[1..].StartsWith("u00"u8) && rest[4] is (byte)'0' or (byte)'1';
        var low = isNumber ? "0123456789abcdef"u8.IndexOf(rest[5]) : -1;
        if (low < 0 || JsonText.ShortEscape((byte)(((rest[4] - '0') << 4) | low)) != 0)
        {
            return false;
        }

        Position += 6;
        return true;
    }

    private static bool IsPlainInteger(ReadOnlySpan<byte> number)
    {
        var digits = number.StartsWith("-"u8) ? number[1..] : number;
        return digits.Length is > 0 and <= 15
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != '0' || number.Length == 1);
    }

    private static bool IsCanonicalNumber(ReadOnlySpan<byte> number)
    {
        Span<byte> canonical = stackalloc byte[EcmaNumber.MaxLength];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && EcmaNumber.TryFormat(value, canonical, out var written)
            && number.SequenceEqual(canonical[..written]);
    }

    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Contains((byte)'\\') || right.Contains((byte)'\\')
            ? Utf16Order.Compare(Unescape(left), Unescape(right))
            : Utf16Order.Compare(left, right);

    /// <summary>The text of a string whose escapes have been checked.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Add(raw[i]);
                continue;
            }

            i++;
            text.Add(Unescaped(raw[i..]));
            i += raw[i] == 'u' ? 4 : 0;
        }

        return [.. text];
    }

    private static byte Unescaped(ReadOnlySpan<byte> escape) =>
        escape[0] switch
        {
            (byte)'u' => byte.Parse(escape.Slice(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            (byte)'b' => (byte)'\b',
            (byte)'t' => (byte)'\t',
            (byte)'n' => (byte)'\n',
            (byte)'f' => (byte)'\f',
            (byte)'r' => (byte)'\r',
            var other => other,
        };
}
