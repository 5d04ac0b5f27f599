using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads what a request says of output that its answer doesn't show: thought, summing up, wrong guesses. The provider counts it all the
/// same, so it counts towards what is reserved, and an answer that breaks off doesn't tell how much of it there was.
/// </summary>
internal static class UnseenWork
{
    public static bool ReadEffort(ref StrictJsonReader json, ref BodyDraft draft)
    {
        Note(json, ref draft);
        draft.CountText(json.SkipValue());
        return true;
    }

    public static bool ReadReasoning(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return FieldReader.Malformed(ref draft, "reasoning", "must be an object");
        }

        draft.HidesOutput = true;
        while (json.ReadName())
        {
            var isEffort = json.Name.SequenceEqual("effort"u8);
            json.Read();
            if (isEffort && json.TokenType != JsonTokenType.Null)
            {
                Note(json, ref draft);
            }

            draft.CountText(json.SkipValue());
        }

        draft.HidesOutput &= !draft.IsToldNotToThink;
        return true;
    }

    public static bool ReadThinking(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return FieldReader.Malformed(ref draft, "thinking", "must be an object");
        }

        var isOff = false;
        while (json.ReadName())
        {
            var isType = json.Name.SequenceEqual("type"u8);
            var isBudget = json.Name.SequenceEqual("budget_tokens"u8);
            json.Read();
            isOff |= isType && json.ValueEquals("disabled"u8);
            if (isBudget && json.TokenType != JsonTokenType.Null)
            {
                if (!json.TryGetInt64(out var budget) || budget is < 0 or > int.MaxValue)
                {
                    return FieldReader.Malformed(ref draft, "thinking.budget_tokens", "must be a whole number, not negative");
                }

                draft.ThinkingTokens = budget;
            }

            draft.CountText(json.SkipValue());
        }

        draft.HidesOutput |= !isOff;
        return true;
    }

    /// <summary>Whatever its name begins with "compact" is another answer, made of the same input.</summary>
    public static bool ReadCompaction(ref StrictJsonReader json, ref BodyDraft draft, string field)
    {
        var compacts = field == "compaction";
        var depth = json.Depth;
        do
        {
            draft.CountText(json.ValueLength);
            compacts |= json.TokenType == JsonTokenType.String && json.GetString().StartsWith("compact", StringComparison.Ordinal);
        } while ((json.Depth > depth || json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && json.Read());

        draft.Compacts |= compacts;
        return true;
    }

    public static bool ReadPrediction(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect)
    {
        draft.HidesOutput = true;
        return ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Content);
    }

    private static void Note(in StrictJsonReader json, ref BodyDraft draft)
    {
        var isNone = json.ValueEquals("none"u8);
        draft.IsToldNotToThink |= isNone;
        draft.HidesOutput |= !isNone;
    }
}
