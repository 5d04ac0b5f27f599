using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Members of the canonical form, most of which are left out when they say nothing.</summary>
public static class CanonicalMembers
{
    public static void WriteList(this Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    public static void WriteListIfAny(this Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            json.WriteList(name, items);
        }
    }

    public static void WriteIfTrue(this Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    public static void WriteIfPositive(this Utf8JsonWriter json, string name, long value)
    {
        if (value > 0)
        {
            json.WriteNumber(name, value);
        }
    }

    public static void WriteIfText(this Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
