using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;
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
        if (reduce is not { LimitsRows: true } and not { NamesFields: true })
        {
            return true;
        }

        if (answer[McpMember.TaskResult].IsPresent)
        {
            return false; // A result within a result: nothing of it has been looked at.
        }

        var isFound = false;
        var structured = answer.StructuredContent;
        if (structured.IsPresent)
        {
            if (!reduce.TryReduce(structured.Of(message), out var reduced))
            {
                return false;
            }

            edits.Put(structured, reduced);
            isFound = true;
        }

        // Where nothing is JSON, nobody can say that it was met; but a tool's failure tells why in words.
        return TryReduceTexts(answer.Result, structured, message, reduce, edits, ref isFound) && (isFound || answer.IsError);
    }

    /// <summary>Every text of the result, wherever it stands: of content, of what is embedded in it, of resources and of prompts.</summary>
    private static bool TryReduceTexts(
        McpSlice result,
        McpSlice structured,
        ReadOnlyMemory<byte> message,
        MessageReduction reduce,
        McpEdits edits,
        ref bool isFound
    )
    {
        var reader = new Utf8JsonReader(result.Of(message.Span), new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        while (reader.Read())
        {
            var at = result.Start + (int)reader.TokenStartIndex;
            if (
                reader.TokenType != JsonTokenType.PropertyName
                || !reader.ValueTextEquals("text"u8)
                || (structured.IsPresent && at > structured.Start && at < structured.Start + structured.Length)
            )
            {
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } text || !LooksLikeJson(text))
            {
                continue;
            }

            if (!IsJson(text) || !reduce.TryReduce(Encoding.UTF8.GetBytes(text), out var reduced))
            {
                return false;
            }

            isFound = true;
            edits.PutText(
                new McpSlice(result.Start + (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)),
                Encoding.UTF8.GetString(reduced.Span)
            );
        }

        return true;
    }

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart().TrimStart('\uFEFF').TrimStart() is ['{' or '[', ..];

    /// <summary>Whether a text that looks like JSON can be read as it: what can't is nothing to reduce, and nothing to pass.</summary>
    private static bool IsJson(string text)
    {
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
