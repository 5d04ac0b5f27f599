using System.Globalization;
using System.Text;

namespace Gateway.Cel.Values;

/// <summary>
/// Shows a value to a human, shortened: for explanations, which only those see who may see the request's data. Never for logs.
/// </summary>
public static class ValueText
{
    private const int MaxTextLength = 200;
    private const int MaxElements = 20;
    private const int MaxDepth = 4;

    public static string Of(in CelValue value) => Of(value, MaxDepth);

    private static string Of(in CelValue value, int depth) =>
        value.Kind switch
        {
            CelKind.Unset => "(nothing)",
            CelKind.Error => "error: " + value.AsFault.Message,
            CelKind.Null => "null",
            CelKind.Bool => value.AsBool ? "true" : "false",
            CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
            CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture) + "u",
            CelKind.Double => DoubleText.General(value.AsDouble),
            CelKind.String => "\"" + Short(value.AsString) + "\"",
            CelKind.Bytes => $"bytes({value.AsBytes.Length})",
            CelKind.Timestamp => TimeText.Write(value.AsTimestamp),
            CelKind.Duration => DurationText.Write(value.AsDuration),
            CelKind.List => depth == 0 ? "[...]" : OfList(value.AsList, depth),
            CelKind.Map => depth == 0 ? "{...}" : OfMap(value.AsMap, depth),
            CelKind.Type => value.AsType.ToString(),
            CelKind.Optional => value.AsOptional.HasValue
                ? $"optional({Of(value.AsOptional.Value, Math.Max(0, depth - 1))})"
                : "optional.none",
            CelKind.Address => value.AsAddress.ToText(),
            CelKind.Network => value.AsNetwork.ToText(),
        };

    private static string Short(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";

    private static string OfList(CelList list, int depth)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < Math.Min(list.Count, MaxElements); i++)
        {
            text.Append(i > 0 ? ", " : "").Append(Of(list[i], depth - 1));
        }

        return text.Append(list.Count > MaxElements ? ", …]" : "]").ToString();
    }

    private static string OfMap(CelMap map, int depth)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < Math.Min(map.Count, MaxElements); i++)
        {
            text.Append(i > 0 ? ", " : "").Append(Of(map.KeyAt(i), depth - 1)).Append(": ").Append(Of(map.ValueAt(i), depth - 1));
        }

        return text.Append(map.Count > MaxElements ? ", …}" : "}").ToString();
    }
}
