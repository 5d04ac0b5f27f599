using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Gait.Artifacts;

/// <summary>
/// JSON as traces and tokens lie on disk: two blanks of indentation, members in their order, one line feed at the end, and strings escaped
/// as Go's encoder does. One value has one such text, so that a change of any byte of it shows.
/// </summary>
public static class IndentedJson
{
    public static byte[] Write(JsonObject value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static void Write(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                WriteAll(text, '{', members, member => WriteMember(text, member, depth + 1), '}', depth);
                break;
            case JsonArray { Count: > 0 } items:
                WriteAll(text, '[', items, item => Write(text, item, depth + 1), ']', depth);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                GoString.Write(text, scalar.GetValue<string>());
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> parts, Action<T> write, char close, int depth)
    {
        var before = open;
        foreach (var part in parts)
        {
            text.Append(before).Append('\n').Append(' ', 2 * (depth + 1));
            write(part);
            before = ',';
        }

        text.Append('\n').Append(' ', 2 * depth).Append(close);
    }

    private static void WriteMember(StringBuilder text, KeyValuePair<string, JsonNode?> member, int depth)
    {
        GoString.Write(text, member.Key);
        text.Append(": ");
        Write(text, member.Value, depth);
    }
}
