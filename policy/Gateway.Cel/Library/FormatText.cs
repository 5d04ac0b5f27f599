using System.Globalization;
using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Any value as <c>%s</c> writes it: lists in brackets, maps in braces with their keys in order.</summary>
internal static class FormatText
{
    private const int MaxDepth = 64;

    /// <summary>Null for what has no text, and where it takes too many steps.</summary>
    public static string? Write(CelActivation frame, in CelValue value) => Write(frame, value, MaxDepth);

    private static string? Write(CelActivation frame, in CelValue value, int depth) =>
        frame.Charge(1) && depth > 0
            ? value.Kind switch
            {
                CelKind.Null => "null",
                CelKind.Bool => value.AsBool ? "true" : "false",
                CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
                CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
                CelKind.Double => DoubleText.Plain(value.AsDouble),
                CelKind.String => frame.ChargeText(value.AsString.Length) ? value.AsString : null,
                CelKind.Bytes => frame.ChargeText(value.AsBytes.Length) ? Encoding.UTF8.GetString(value.AsBytes) : null,
                CelKind.Timestamp => TimeText.Write(value.AsTimestamp),
                CelKind.Duration => DurationText.Write(value.AsDuration),
                CelKind.Type => value.AsType.Name,
                CelKind.List => OfList(frame, value.AsList, depth),
                CelKind.Map => OfMap(frame, value.AsMap, depth),
                CelKind.Address => value.AsAddress.ToText(),
                CelKind.Network => value.AsNetwork.ToText(),
                _ => null,
            }
            : null;

    private static string? OfList(CelActivation frame, CelList list, int depth)
    {
        var items = new List<string>();
        for (var i = 0; i < list.Count; i++)
        {
            if (Write(frame, list[i], depth - 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return "[" + string.Join(", ", items) + "]";
    }

    private static string? OfMap(CelActivation frame, CelMap map, int depth)
    {
        var entries = new List<(string Key, string Value)>();
        for (var i = 0; i < map.Count; i++)
        {
            if (Write(frame, map.KeyAt(i), depth - 1) is not { } key || Write(frame, map.ValueAt(i), depth - 1) is not { } value)
            {
                return null;
            }

            entries.Add((key, value));
        }

        return "{" + string.Join(", ", entries.OrderBy(e => e.Key, CodePointOrder.Instance).Select(e => $"{e.Key}: {e.Value}")) + "}";
    }
}
