using System.Globalization;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// A time as intents carry it: RFC 3339, in UTC, to the nanosecond. The zero value is Go's, <c>0001-01-01T00:00:00Z</c>, which means "not
/// given" and still stands in some digests.
/// </summary>
/// <param name="Utc">To the second or finer.</param>
/// <param name="Nanoseconds">The nanoseconds below a tick (100 ns), from 0 to 99.</param>
public readonly record struct GoTime(DateTime Utc, int Nanoseconds = 0) : IComparable<GoTime>
{
    private const int TickDigits = 7;
    private const int NanosecondDigits = 9;

    public bool IsZero => Utc.Ticks == 0 && Nanoseconds == 0;

    public static bool operator <(GoTime left, GoTime right) => left.CompareTo(right) < 0;

    public static bool operator >(GoTime left, GoTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(GoTime left, GoTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GoTime left, GoTime right) => left.CompareTo(right) >= 0;

    /// <summary>False for anything but RFC 3339 with at most nine digits of a second.</summary>
    public static bool TryParse(string text, out GoTime time)
    {
        time = default;
        var fraction = text.Length > 19 && text[19] == '.' ? text.AsSpan(20) : default;
        var digits = fraction.IsEmpty ? 0 : Math.Max(0, fraction.IndexOfAnyExceptInRange('0', '9'));
        if (digits > NanosecondDigits || (text.Length > 19 && text[19] == '.' && digits == 0))
        {
            return false;
        }

        var rest = Math.Max(0, digits - TickDigits);
        var ticks = rest == 0 ? text : text.Remove(20 + TickDigits, rest);
        if (
            !DateTimeOffset.TryParseExact(
                ticks,
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var offset
            ) || !HasOffset(text)
        )
        {
            return false;
        }

        time = new GoTime(offset.UtcDateTime, rest == 0 ? 0 : Below(fraction.Slice(TickDigits, rest)));
        return true;
    }

    public int CompareTo(GoTime other) => Utc != other.Utc ? Utc.CompareTo(other.Utc) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>RFC 3339 with as many digits of a second as it takes, in UTC.</summary>
    public override string ToString()
    {
        var seconds = Utc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var nanoseconds = (Utc.Ticks % TimeSpan.TicksPerSecond * 100) + Nanoseconds;
        var fraction = nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return seconds + fraction + "Z";
    }

    // The format's K also takes no offset at all, which leaves the time in doubt.
    private static bool HasOffset(string text) => text[^1] == 'Z' || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private static int Below(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * (digits.Length == 1 ? 10 : 1);
}
