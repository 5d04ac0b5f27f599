using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads a completion's prompt: one text, or a list of texts or of lists of tokens, each of which gets answers of its own.
/// </summary>
internal static class PromptReader
{
    private const int MaxPrompts = 2048; // OpenAI's own bound.

    public static bool Read(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            draft.CountText(json.ValueLength);
            return true;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return FieldReader.Malformed(ref draft, "prompt", "must be a text or a list");
        }

        var prompts = 0;
        var depth = json.Depth;
        while (json.Read() && json.Depth > depth)
        {
            draft.CountValue(json.ValueLength);
            var isAtTop = json.Depth == depth + 1;
            var isKnown =
                json.TokenType is JsonTokenType.Number || (isAtTop && json.TokenType == JsonTokenType.String) || IsList(json, isAtTop);
            if (!isKnown)
            {
                return FieldReader.Malformed(ref draft, "prompt", "must hold texts or lists of tokens");
            }

            prompts += json.TokenType is JsonTokenType.String or JsonTokenType.StartArray ? 1 : 0;
        }

        draft.Prompts = Math.Max(1, prompts);
        return prompts <= MaxPrompts || FieldReader.Malformed(ref draft, "prompt", $"must hold at most {MaxPrompts} entries");
    }

    // A server that flattens lists in lists would give each of their texts an answer of its own.
    private static bool IsList(in StrictJsonReader json, bool isAtTop) =>
        isAtTop && json.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray;
}
