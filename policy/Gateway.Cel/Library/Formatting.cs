using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Puts values into a text: <c>"%s has %.2f".format([name, amount])</c>.</summary>
internal static class Formatting
{
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

            if (!FormatClause.TryRead(format, ref at, out var clause))
            {
                return BadClause;
            }

            if (clause.Letter == '%')
            {
                result.Append('%');
                continue;
            }

            if (next >= values.Count)
            {
                return TooFew;
            }

            var text = FormatClauses.Write(frame, clause.Letter, clause.Precision, values[next++]);
            if (text is null)
            {
                return frame.Charge(0) ? BadValue : Failures.TooCostly;
            }

            result.Append(text);
        }

        return frame.ChargeText(result.Length) ? CelValue.From(result.ToString()) : Failures.TooCostly;
    }
}
