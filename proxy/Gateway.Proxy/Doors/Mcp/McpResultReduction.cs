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
    /// <param name="edits">Gets what is put in place of what.</param>
    public static bool TryReduce(in McpAnswer answer, ReadOnlyMemory<byte> message, MessageReduction? reduce, McpEdits edits)
    {
        if (reduce is not { LimitsRows: true } and not { NamesFields: true } || answer.IsError)
        {
            return true;
        }

        var isFound = false;
        var structured = answer.StructuredContent;
        if (structured.IsPresent)
        {
            if (!reduce!.TryReduce(structured.Of(message), out var reduced))
            {
                return false;
            }

            edits.Put(structured, reduced);
            isFound = true;
        }

        if (answer.Content.IsPresent && !TryReduceTexts(answer.Content, message, reduce!, edits, ref isFound))
        {
            return false;
        }

        return isFound || !reduce!.LimitsRows; // Rows that nobody can count may be too many.
    }

    private static bool TryReduceTexts(
        McpSlice content,
        ReadOnlyMemory<byte> message,
        MessageReduction reduce,
        McpEdits edits,
        ref bool isFound
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
            isFound = true;
            edits.PutText(place, Encoding.UTF8.GetString(reduced.Span));
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
}
