using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Splits a text into a list, and joins a list into a text.</summary>
internal static class Splitting
{
    /// <param name="limit">The most parts, the last of which is the rest; negative for all. An empty separator splits into
    /// characters.</param>
    public static CelValue Split(CelActivation frame, string text, string separator, long limit)
    {
        if (!TextTests.ChargeSearch(frame, text, separator))
        {
            return Failures.TooCostly;
        }

        var parts = new List<CelValue>();
        var at = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            var end = separator.Length > 0 ? text.IndexOf(separator, at, StringComparison.Ordinal) : NextCharacter(text, at);
            if (end < 0)
            {
                break;
            }

            if (!frame.Charge(1))
            {
                return Failures.TooCostly;
            }

            parts.Add(CelValue.From(text[at..end]));
            at = end + separator.Length;
        }

        if (limit != 0 && (separator.Length > 0 || text.Length > 0))
        {
            parts.Add(CelValue.From(text[at..]));
        }

        return CelValue.From(new ArrayList([.. parts]));
    }

    public static CelValue Join(CelActivation frame, CelList list, string separator)
    {
        var text = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Kind != CelKind.String)
            {
                return CelValue.From(CelFault.NoOverload("join"));
            }

            if (!frame.ChargeText((long)list[i].AsString.Length + separator.Length))
            {
                return Failures.TooCostly;
            }

            text.Append(i > 0 ? separator : "").Append(list[i].AsString);
        }

        return CelValue.From(text.ToString());
    }

    /// <summary>The end of the character at a place, if another follows; -1 otherwise.</summary>
    private static int NextCharacter(string text, int at)
    {
        var end = at < text.Length ? at + CodePoints.WidthAt(text, at) : text.Length;
        return end < text.Length ? end : -1;
    }
}
