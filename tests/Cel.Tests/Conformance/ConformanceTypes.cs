using System.Text.Json;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>The types that cases declare, as the texts that signatures are written in.</summary>
public static class ConformanceTypes
{
    public static string Read(JsonElement json)
    {
        var property = json.EnumerateObject().Single();
        var value = property.Value;
        return property.Name switch
        {
            "primitive" => Primitive(value[0].GetString()!),
            "null" => "null",
            "dyn" => "dyn",
            "type_param" => value.ValueKind == JsonValueKind.Array ? value[0].GetString()! : value.GetString()!,
            "well_known" => value[0].GetString() switch
            {
                "TIMESTAMP" => "timestamp",
                "DURATION" => "duration",
                _ => "dyn",
            },
            "list_type" => $"list({Read(value[0].GetProperty("elem_type")[0])})",
            "map_type" => $"map({Read(value[0].GetProperty("key_type")[0])}, {Read(value[0].GetProperty("value_type")[0])})",
            "abstract_type" => value[0].GetProperty("name")[0].GetString()
                + $"({string.Join(", ", value[0].GetProperty("parameter_types").EnumerateArray().Select(Read))})",
            _ => throw new NotSupportedException($"No type of kind '{property.Name}' is in scope."),
        };
    }

    private static string Primitive(string name) =>
        name switch
        {
            "INT64" => "int",
            "UINT64" => "uint",
            _ => name.ToLowerInvariant(),
        };
}
