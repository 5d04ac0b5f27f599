using System.Globalization;

namespace Gateway.Cel.Library;

/// <summary>A place for a value in a format, such as <c>%.2f</c>.</summary>
/// <param name="Precision">6 where it isn't given.</param>
internal readonly record struct FormatClause(char Letter, int Precision)
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 100;

    /// <summary>Reads from the percent sign to the letter, and stays on the letter.</summary>
    public static bool TryRead(string format, ref int at, out FormatClause clause)
    {
        int? precision = null;
        at++;
        if (at < format.Length && format[at] == '.')
        {
            var start = ++at;
            while (at < format.Length && char.IsAsciiDigit(format[at]))
            {
                at++;
            }

            precision = int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
                ? digits
                : MaxPrecision + 1;
        }

        var letter = at < format.Length ? format[at] : '\0';
        clause = new FormatClause(letter, precision ?? DefaultPrecision);
        return letter switch
        {
            'f' or 'e' => precision is null or <= MaxPrecision,
            's' or 'd' or 'b' or 'o' or 'x' or 'X' or '%' => precision is null,
            _ => false,
        };
    }
}
