using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>Amounts of money as whole numbers of the smallest unit: exact, where a binary fraction wouldn't be.</summary>
public static class MinorUnits
{
    /// <value>The most that a limit can say: 10^12.</value>
    public const long MaxAmount = 1_000_000_000_000;

    /// <summary>
    /// Reads digits, perhaps a point and more digits. No sign (a negative amount would give back what was never taken), no exponent, no
    /// more digits after the point than the currency has unless they are zeros. An amount too large to count is read as the largest number.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, int decimals, out long minor)
    {
        minor = 0;
        var point = utf8.IndexOf((byte)'.');
        var whole = point < 0 ? utf8 : utf8[..point];
        var fraction = point < 0 ? default : utf8[(point + 1)..];
        if (
            whole.IsEmpty
            || (point >= 0 && fraction.IsEmpty)
            || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        )
        {
            return false;
        }

        if (fraction.Length > decimals && fraction[decimals..].ContainsAnyExcept((byte)'0'))
        {
            return false;
        }

        foreach (var digit in whole)
        {
            minor = Append(minor, digit - '0');
        }

        for (var i = 0; i < decimals; i++)
        {
            minor = Append(minor, i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return true;
    }

    /// <summary>In the one spelling that documents have: no zeros at the end of a fraction.</summary>
    public static string Text(long minor, int decimals)
    {
        var digits = minor.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}".TrimEnd('0').TrimEnd('.');
    }

    private static long Append(long minor, int digit) => minor > (long.MaxValue - digit) / 10 ? long.MaxValue : (minor * 10) + digit;
}
