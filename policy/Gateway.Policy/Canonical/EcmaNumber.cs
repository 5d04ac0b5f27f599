using System.Globalization;

namespace Gateway.Policy.Canonical;

/// <summary>Numbers as ECMAScript writes them (ECMA-262, Number::toString), which RFC 8785 section 3.2.2.3 demands.</summary>
internal static class EcmaNumber
{
    /// <value>The longest result in bytes is 25; a buffer of this size always holds it.</value>
    public const int MaxLength = 32;

    private const int MaxDigits = 17;

    /// <summary>Writes a finite number; false for NaN and the infinities, which JSON doesn't have.</summary>
    public static bool TryFormat(double value, Span<byte> destination, out int written)
    {
        written = 0;
        if (!double.IsFinite(value))
        {
            return false;
        }

        if (value == 0)
        {
            destination[written++] = (byte)'0';
            return true;
        }

        if (value < 0)
        {
            destination[written++] = (byte)'-';
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = ShortestDigits(Math.Abs(value), digits, out var point);
        written += Lay(digits[..count], point, destination[written..]);
        return true;
    }

    /// <summary>
    /// The fewest digits that give the number back; its value is <c>0.digits</c> times ten to the <paramref name="point"/>.
    /// </summary>
    private static int ShortestDigits(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];

        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf((byte)'.');
        point = exponent + (dot < 0 ? text.Length : dot);
        return Collect(text, digits, ref point);
    }

    /// <summary>Drops the point and the zeros at both ends.</summary>
    private static int Collect(ReadOnlySpan<byte> text, Span<byte> digits, ref int point)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                continue;
            }

            if (c == '0' && count == 0)
            {
                point--;
                continue;
            }

            if (count < digits.Length)
            {
                digits[count++] = c;
            }
        }

        return digits[..count].TrimEnd((byte)'0').Length;
    }

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> destination) =>
        point switch
        {
            > 0 and <= 21 when digits.Length <= point => LayInteger(digits, point, destination),
            > 0 and <= 21 => LayDecimal(digits, point, destination),
            > -6 and <= 0 => LayFraction(digits, point, destination),
            _ => LayExponent(digits, point - 1, destination),
        };

    private static int LayInteger(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        digits.CopyTo(destination);
        destination[digits.Length..point].Fill((byte)'0');
        return point;
    }

    private static int LayDecimal(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        digits[..point].CopyTo(destination);
        destination[point] = (byte)'.';
        digits[point..].CopyTo(destination[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int LayFraction(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var start = 2 - point;
        "0."u8.CopyTo(destination);
        destination[2..start].Fill((byte)'0');
        digits.CopyTo(destination[start..]);
        return start + digits.Length;
    }

    private static int LayExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination)
    {
        var length = 1;
        destination[0] = digits[0];
        if (digits.Length > 1)
        {
            length = LayDecimal(digits, 1, destination);
        }

        destination[length++] = (byte)'e';
        destination[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }
}
