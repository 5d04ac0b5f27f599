using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads one field of the top level by its meaning. The reader stands on the field's name and leaves at the end of its value. False and a
/// refusal in the draft where the field is refused. A field that is null counts as not there.
/// </summary>
internal static class FieldReader
{
    private const int MaxChoices = 128; // OpenAI's own bound for n.

    public static bool Read(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, FieldMeaning meaning, string field)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return meaning != FieldMeaning.Model || dialect.DefaultModel is not null || Malformed(ref draft, field, "must be a text");
        }

        return meaning switch
        {
            FieldMeaning.Plain => Skip(ref json, ref draft),
            FieldMeaning.Model => ReadModel(ref json, ref draft),
            FieldMeaning.MaxTokens => ReadMaxTokens(ref json, ref draft, dialect, field),
            FieldMeaning.Choices => ReadChoices(ref json, ref draft, field),
            FieldMeaning.Effort => UnseenWork.ReadEffort(ref json, ref draft),
            FieldMeaning.Reasoning => UnseenWork.ReadReasoning(ref json, ref draft),
            FieldMeaning.Thinking => UnseenWork.ReadThinking(ref json, ref draft),
            FieldMeaning.Compaction => UnseenWork.ReadCompaction(ref json, ref draft, field),
            FieldMeaning.Prediction => UnseenWork.ReadPrediction(ref json, ref draft, dialect),
            FieldMeaning.Echo => ReadEcho(ref json, ref draft),
            FieldMeaning.Stream => ReadStream(ref json, ref draft),
            FieldMeaning.StreamOptions => ReadStreamOptions(ref json, ref draft),
            FieldMeaning.Store => ReadStore(ref json, ref draft),
            FieldMeaning.Background => ReadBackground(ref json, ref draft, field),
            FieldMeaning.Content => ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Content),
            FieldMeaning.Items => ItemReader.Read(ref json, ref draft, dialect, field),
            FieldMeaning.Prompts => PromptReader.Read(ref json, ref draft),
            FieldMeaning.Tools => ToolReader.ReadList(ref json, ref draft, dialect, typesNeeded: dialect.ToolsHaveTypes),
            FieldMeaning.Servers => ReadServers(ref json, ref draft, dialect, field),
            FieldMeaning.WebSearch => ReadWebSearch(ref json, ref draft),
            FieldMeaning.Reference => ReferenceReader.Read(ref json, ref draft, field),
            FieldMeaning.Conversation => ReadConversation(ref json, ref draft, field),
            FieldMeaning.State => draft.Refuse(
                ReasonCode.UnsupportedFeature,
                $"{field}: what the provider keeps for the whole account can't be used through Gateway."
            ),
            FieldMeaning.Power => draft.Refuse(ReasonCode.UnsupportedFeature, $"{field}: can't be used through Gateway."),
            FieldMeaning.Credentials => draft.Refuse(
                ReasonCode.ProviderCredentialsInRequest,
                $"{field}: Gateway sets the provider's credentials and configuration."
            ),
            FieldMeaning.Unknown => draft.Refuse(ReasonCode.UnknownField, $"{field}: not a field of this operation."),
        };
    }

    public static bool Malformed(ref BodyDraft draft, string field, string what) =>
        draft.Refuse(ReasonCode.MalformedRequest, $"{field}: {what}.");

    private static bool Skip(ref StrictJsonReader json, ref BodyDraft draft)
    {
        draft.CountText(json.SkipValue());
        return true;
    }

    private static bool ReadModel(ref StrictJsonReader json, ref BodyDraft draft)
    {
        const int longestEscape = 6;
        if (json.TokenType != JsonTokenType.String || json.ValueLength > ModelName.MaxLength * longestEscape)
        {
            return Malformed(ref draft, "model", $"must be a text of 1 to {ModelName.MaxLength} characters");
        }

        draft.Model = json.GetString();
        if (draft.Model.Length is 0 or > ModelName.MaxLength)
        {
            return Malformed(ref draft, "model", $"must be a text of 1 to {ModelName.MaxLength} characters");
        }

        return ModelName.IsOne(draft.Model)
            || draft.Refuse(ReasonCode.UnknownModel, "model: a name has letters and digits of ASCII, and - _ . : / @ between them.");
    }

    private static bool ReadMaxTokens(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, string field)
    {
        if (!json.TryGetInt64(out var most) || most < dialect.LeastMaxTokens || most > int.MaxValue)
        {
            return Malformed(ref draft, field, $"must be a whole number from {dialect.LeastMaxTokens} to {int.MaxValue}");
        }

        if (draft.MaxTokens is not null)
        {
            return draft.Refuse(ReasonCode.AmbiguousRequest, $"{field} and {draft.MaxTokensField}: send one of them.");
        }

        draft.MaxTokens = most;
        draft.MaxTokensField = field;
        return true;
    }

    private static bool ReadChoices(ref StrictJsonReader json, ref BodyDraft draft, string field)
    {
        if (!json.TryGetInt64(out var choices) || choices is < 1 or > MaxChoices)
        {
            return Malformed(ref draft, field, $"must be a whole number from 1 to {MaxChoices}");
        }

        draft.Choices = Math.Max(draft.Choices, (int)choices);
        draft.HidesOutput |= field == "best_of"; // Only the best of them are shown.
        return true;
    }

    private static bool ReadEcho(ref StrictJsonReader json, ref BodyDraft draft)
    {
        draft.EchoesPrompt = json.TokenType != JsonTokenType.False;
        return Skip(ref json, ref draft);
    }

    private static bool ReadStream(ref StrictJsonReader json, ref BodyDraft draft)
    {
        draft.Stream = json.TokenType == JsonTokenType.True;
        return IsBoolean(json) || Malformed(ref draft, "stream", "must be true or false");
    }

    private static bool ReadStreamOptions(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return Malformed(ref draft, "stream_options", "must be an object");
        }

        while (json.ReadName())
        {
            var isUsage = json.Name.SequenceEqual("include_usage"u8);
            json.Read();
            if (isUsage && !IsBoolean(json) && json.TokenType != JsonTokenType.Null)
            {
                return Malformed(ref draft, "stream_options.include_usage", "must be true or false");
            }

            draft.StreamUsage |= isUsage && json.TokenType == JsonTokenType.True;
            json.SkipValue();
        }

        return true;
    }

    private static bool ReadStore(ref StrictJsonReader json, ref BodyDraft draft)
    {
        draft.Store = json.TokenType == JsonTokenType.True;
        return IsBoolean(json) || Malformed(ref draft, "store", "must be true or false");
    }

    /// <summary>What runs on can't be stopped with its request, and tells what it used only later: a power of its own.</summary>
    private static bool ReadBackground(ref StrictJsonReader json, ref BodyDraft draft, string field) =>
        json.TokenType == JsonTokenType.False
        || (IsBoolean(json) ? draft.AddHostedTool(field) : Malformed(ref draft, field, "must be true or false"));

    private static bool ReadConversation(ref StrictJsonReader json, ref BodyDraft draft, string field)
    {
        draft.JoinsConversation = true;
        return ReferenceReader.Read(ref json, ref draft, field);
    }

    private static bool ReadServers(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, string field)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return Malformed(ref draft, field, "must be a list");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (!draft.AddHostedTool(field) || !ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Tools))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadWebSearch(ref StrictJsonReader json, ref BodyDraft draft)
    {
        return draft.AddHostedTool("web_search") && Skip(ref json, ref draft);
    }

    private static bool IsBoolean(in StrictJsonReader json) => json.TokenType is JsonTokenType.True or JsonTokenType.False;
}
