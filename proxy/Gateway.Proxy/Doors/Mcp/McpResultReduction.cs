using System.Text;
using System.Text.Json;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// Cuts rows and replaces members in a result. A tool says the same twice as a rule, in <c>structuredContent</c> and as JSON in a text:
/// redacting one is redacting none, so each that is JSON is reduced, and where one can't be, none goes out.
/// </summary>
internal static class McpResultReduction
{
    /// <summary>False where it can't be met: the answer must not go on.</summary>
    public static bool TryReduce(in McpAnswer answer, ref ReadOnlyMemory<byte> message, MessageReduction? reduce)
    {
        if (reduce is not { LimitsRows: true } and not { NamesFields: true } || answer.IsError)
        {
            return true;
        }

        var edits = new List<(McpSlice Place, ReadOnlyMemory<byte> Bytes)>();
        var structured = answer.StructuredContent;
        if (structured.IsPresent)
        {
            if (!reduce!.TryReduce(structured.Of(message), out var reduced))
            {
                return false;
            }

            edits.Add((structured, reduced));
        }

        if (answer.Content.IsPresent && !TryReduceTexts(answer.Content, message, reduce!, edits))
        {
            return false;
        }

        if (edits.Count == 0)
        {
            return !reduce!.LimitsRows; // Rows that nobody can count may be too many.
        }

        message = Apply(message.Span, edits);
        return true;
    }

    private static bool TryReduceTexts(
        McpSlice content,
        ReadOnlyMemory<byte> message,
        MessageReduction reduce,
        List<(McpSlice Place, ReadOnlyMemory<byte> Bytes)> edits
    )
    {
        var reader = new Utf8JsonReader(content.Of(message.Span));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2 || !reader.ValueTextEquals("text"u8))
            {
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } text || !IsJson(text))
            {
                continue;
            }

            if (!reduce.TryReduce(Encoding.UTF8.GetBytes(text), out var reduced))
            {
                return false;
            }

            var place = new McpSlice(content.Start + (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
            edits.Add((place, JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(reduced.Span))));
        }

        return true;
    }

    /// <summary>Whether a text is an object or an array, as a tool writes its structured content.</summary>
    private static bool IsJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Apply(ReadOnlySpan<byte> message, List<(McpSlice Place, ReadOnlyMemory<byte> Bytes)> edits)
    {
        edits.Sort(static (a, b) => a.Place.Start.CompareTo(b.Place.Start));
        using var output = new MemoryStream();
        var at = 0;
        foreach (var (place, bytes) in edits)
        {
            output.Write(message[at..place.Start]);
            output.Write(bytes.Span);
            at = place.Start + place.Length;
        }

        output.Write(message[at..]);
        return output.ToArray();
    }
}
