using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>The parts of an instant behind its seconds: a fraction, and the distance from UTC.</summary>
internal static class TimeParts
{
    private const int SecondsPerMinute = 60;
    private const int NanoDigits = 9;

    /// <summary>A point and one to nine digits, or nothing.</summary>
    public static int? Nanos(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        Span<char> digits = stackalloc char[NanoDigits];
        digits.Fill('0');
        if (text[0] != '.' || text.Length is 1 or > NanoDigits + 1 || text[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        text[1..].CopyTo(digits);
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>In seconds: <c>Z</c>, or a sign, hours and minutes.</summary>
    public static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z")
        {
            return 0;
        }

        if (
            text[0] is not ('+' or '-')
            || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23
            || minutes > 59
        )
        {
            return null;
        }

        var seconds = ((hours * SecondsPerMinute) + minutes) * SecondsPerMinute;
        return text[0] == '-' ? -seconds : seconds;
    }
}
