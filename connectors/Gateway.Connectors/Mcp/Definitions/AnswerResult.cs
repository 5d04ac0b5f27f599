using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>Where the result of a JSON-RPC response stands.</summary>
internal static class AnswerResult
{
    /// <param name="at">Where the result's object begins; null for an answer that is an error.</param>
    /// <returns>False where the bytes aren't a response with one reading: strict JSON, an object as result or else an error.</returns>
    public static bool TryFind(ReadOnlySpan<byte> message, out int? at, [NotNullWhen(false)] out string? problem)
    {
        at = null;
        if (!StrictJson.IsObject(message))
        {
            problem = "The answer isn't a JSON object with one reading.";
            return false;
        }

        var isPlain = JsonParts.TryFind(message, message.IndexOf((byte)'{'), "result"u8, "error"u8, out var result, out var error);
        if (!isPlain || (result is null) == (error is null) || (result is { } place && message[place.ValueStart] != (byte)'{'))
        {
            problem = "The answer has to have either a result, which is an object, or an error, and nothing whose name is like theirs.";
            return false;
        }

        (at, problem) = (result?.ValueStart, null);
        return true;
    }
}
