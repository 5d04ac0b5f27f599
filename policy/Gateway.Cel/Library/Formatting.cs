using System.Globalization;
using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Puts values into a text: <c>"%s has %.2f".format([name, amount])</c>.</summary>
internal static class Formatting
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 100;

    private static readonly CelValue TooFew = CelValue.Fail("format has fewer values than places for them");
    private static readonly CelValue BadClause = CelValue.Fail(
        "format knows %s %d %f %e %b %o %x %X and %%, and a precision up to 100 for %f and %e"
    );
    private static readonly CelValue BadValue = CelValue.Fail("a value doesn't suit its place in format");

    public static CelValue Format(CelActivation frame, string format, CelList values)
    {
        if (!frame.ChargeText(format.Length))
        {
            return Failures.TooCostly;
        }

        var (result, next) = (new StringBuilder(), 0);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                result.Append(format[at]);
                continue;
            }

            if (!TryClause(format, ref at, out var letter, out var precision))
            {
                return BadClause;
            }

            if (letter == '%')
            {
                result.Append('%');
                continue;
            }

            if (next >= values.Count)
            {
                return TooFew;
            }

            var text = FormatClauses.Write(frame, letter, precision ?? DefaultPrecision, values[next++]);
            if (text is null)
            {
                return frame.Charge(0) ? BadValue : Failures.TooCostly;
            }

            result.Append(text);
        }

        return frame.ChargeText(result.Length) ? CelValue.From(result.ToString()) : Failures.TooCostly;
    }

    /// <summary>Reads from the percent sign to the letter, and stays on the letter.</summary>
    private static bool TryClause(string format, ref int at, out char letter, out int? precision)
    {
        precision = null;
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

        letter = at < format.Length ? format[at] : '\0';
        return letter switch
        {
            'f' or 'e' => precision is null or <= MaxPrecision,
            's' or 'd' or 'b' or 'o' or 'x' or 'X' or '%' => precision is null,
            _ => false,
        };
    }
}
