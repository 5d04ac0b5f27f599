using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Replaces parts of a text. An empty part stands before every character and at the end.</summary>
internal static class Replacing
{
    /// <param name="limit">The most replacements; negative for all.</param>
    public static CelValue Replace(CelActivation frame, string text, string wanted, string replacement, long limit)
    {
        if (!TextTests.ChargeSearch(frame, text, wanted))
        {
            return Failures.TooCostly;
        }

        var result = new StringBuilder();
        var at = 0;
        for (var left = limit < 0 ? long.MaxValue : limit; left > 0; left--)
        {
            var found = text.IndexOf(wanted, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            if (!frame.ChargeText(replacement.Length))
            {
                return Failures.TooCostly;
            }

            result.Append(text, at, found - at).Append(replacement);
            at = found + wanted.Length;
            if (wanted.Length > 0)
            {
                continue;
            }

            if (at == text.Length)
            {
                break;
            }

            var width = CodePoints.WidthAt(text, at);
            result.Append(text, at, width);
            at += width;
        }

        return CelValue.From(result.Append(text, at, text.Length - at).ToString());
    }
}
