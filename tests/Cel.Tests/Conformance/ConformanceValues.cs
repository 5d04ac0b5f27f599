using System.Globalization;
using System.Text.Json;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>The values of cases: read as inputs, and compared with results by type and value.</summary>
public static class ConformanceValues
{
    public static CelValue Read(JsonElement json)
    {
        var property = json.EnumerateObject().Single();
        var value = property.Value;
        return property.Name switch
        {
            "null" => CelValue.Null,
            "bool" => CelValue.From(value.GetBoolean()),
            "int" => CelValue.From(long.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => CelValue.From(ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
            "double" => CelValue.From(Real(value.GetString()!)),
            "string" => CelValue.From(value.GetString()!),
            "bytes" => CelValue.From(value.GetBytesFromBase64()),
            "list" => CelValue.From(new ArrayList([.. value.EnumerateArray().Select(Read)])),
            "map" => CelValue.From(
                EntryMap.TryCreate(
                    [.. value.EnumerateArray().Select(entry => Read(entry[0]))],
                    [.. value.EnumerateArray().Select(entry => Read(entry[1]))]
                )!
            ),
            _ => throw new NotSupportedException($"No value of kind '{property.Name}' is in scope."),
        };
    }

    public static bool Matches(JsonElement expected, in CelValue actual)
    {
        var property = expected.EnumerateObject().Single();
        if (property.Name == "type")
        {
            return actual.Kind == CelKind.Type && actual.AsType.Name == property.Value.GetString();
        }

        return Same(Read(expected), actual);
    }

    private static bool Same(CelValue x, CelValue y) =>
        x.Kind == y.Kind
        && x.Kind switch
        {
            CelKind.Double => x.AsDouble.Equals(y.AsDouble),
            CelKind.List => x.AsList.Count == y.AsList.Count
                && Enumerable.Range(0, x.AsList.Count).All(i => Same(x.AsList[i], y.AsList[i])),
            CelKind.Map => x.AsMap.Count == y.AsMap.Count
                && Enumerable
                    .Range(0, x.AsMap.Count)
                    .All(i => y.AsMap.TryGet(x.AsMap.KeyAt(i), out var other) && Same(x.AsMap.ValueAt(i), other)),
            _ => ScalarEquality.AreEqual(x, y),
        };

    private static double Real(string text) =>
        text switch
        {
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            "nan" or "NaN" => double.NaN,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
}
