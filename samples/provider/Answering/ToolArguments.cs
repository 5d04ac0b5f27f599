using System.Text.Json;

namespace Gateway.Samples.Provider.Answering;

/// <summary>Makes arguments that fit the required properties of a tool's schema: the simplest value of each type.</summary>
internal static class ToolArguments
{
    public static string For(JsonElement? schema)
    {
        if (schema?.List("required") is not { } required || schema.Value.Object("properties") is not { } properties)
        {
            return "{}";
        }

        var members = required
            .EnumerateArray()
            .Select(name => name.GetString()!)
            .Select(name => $"{Wire.Quote(name)}:{ValueOf(properties.Object(name))}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static string ValueOf(JsonElement? property)
    {
        if (property?.List("enum") is { } values)
        {
            return values.EnumerateArray().First().GetRawText();
        }

        return property?.Text("type") switch
        {
            "integer" or "number" => "1",
            "boolean" => "true",
            "array" => "[]",
            "object" => "{}",
            _ => "\"standin\"",
        };
    }
}
