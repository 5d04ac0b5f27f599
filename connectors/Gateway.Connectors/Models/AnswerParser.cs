using System.Text.Json;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads a provider's JSON, in the dialects of both: the top level, and the object inside an event that holds the whole answer. Never
/// throws: what can't be read says nothing.
/// </summary>
internal static class AnswerParser
{
    public static AnswerFacts Read(ReadOnlySpan<byte> json)
    {
        var facts = default(AnswerFacts);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref reader, ref facts, outer: true);
                facts.IsWhole = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half a surrogate pair where a name is compared: what was read before it stands.
        }

        return facts;
    }

    /// <summary>What kind of event a <c>type</c> names, in either dialect.</summary>
    public static AnswerKind KindOf(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("error"u8))
        {
            return AnswerKind.Error;
        }

        if (type.SequenceEqual("message_delta"u8))
        {
            return AnswerKind.Counted;
        }

        var isLast =
            type.SequenceEqual("message_stop"u8)
            || type.SequenceEqual("response.completed"u8)
            || type.SequenceEqual("response.failed"u8)
            || type.SequenceEqual("response.incomplete"u8)
            || type.SequenceEqual("response.cancelled"u8);
        return isLast ? AnswerKind.Last
            : !type.StartsWith("response."u8) || type.EndsWith(".delta"u8) ? AnswerKind.Other
            : type.SequenceEqual("response.output_item.done"u8) ? AnswerKind.Item
            : AnswerKind.Repeat;
    }

    private static void ReadMembers(ref Utf8JsonReader reader, ref AnswerFacts facts, bool outer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                facts.Usage = UsageParser.Larger(facts.Usage, UsageParser.Read(ref reader));
            }
            else if (reader.ValueTextEquals("output"u8) || reader.ValueTextEquals("content"u8))
            {
                CountOutput(ref reader, ref facts);
            }
            else if (outer)
            {
                ReadOuter(ref reader, ref facts);
            }

            reader.Skip();
        }
    }

    // Leaves the reader at the name or anywhere from the start to the end of its value, so that Skip ends the member.
    private static void ReadOuter(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            facts.Kind = reader.TokenType == JsonTokenType.String ? KindOf(reader.ValueSpan) : AnswerKind.Other;
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            facts.HasError = reader.TokenType != JsonTokenType.Null;
        }
        else if (reader.ValueTextEquals("moderation"u8))
        {
            reader.Read();
            facts.HasModeration = reader.TokenType != JsonTokenType.Null;
        }
        else if (reader.ValueTextEquals("choices"u8))
        {
            reader.Read();
            facts.HasNoChoices = reader.TokenType == JsonTokenType.StartArray && IsEmpty(reader);
            facts.Output.Count(ref reader);
        }
        else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("content_block"u8) || reader.ValueTextEquals("item"u8))
        {
            CountOutput(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("response"u8) || reader.ValueTextEquals("message"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref reader, ref facts, outer: false);
            }
        }
    }

    private static void CountOutput(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        reader.Read();
        facts.Output.Count(ref reader);
    }

    // A copy of the reader looks ahead.
    private static bool IsEmpty(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;
}

/// <summary>What one JSON text of a provider says that matters to Gateway.</summary>
internal struct AnswerFacts
{
    /// <summary>What there is of the model's output. A field, since it is counted in place.</summary>
    public OutputMeter Output;

    public TokenUsage Usage { get; set; }

    /// <summary>Whether it is one JSON object and nothing else.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether there is an <c>error</c> that isn't null.</summary>
    public bool HasError { get; set; }

    /// <summary>Whether <c>choices</c> is there and empty.</summary>
    public bool HasNoChoices { get; set; }

    /// <summary>Whether <c>moderation</c> is there and not null.</summary>
    public bool HasModeration { get; set; }

    public AnswerKind Kind { get; set; }
}

/// <summary>What a text's <c>type</c>, or an event's, says it is.</summary>
internal enum AnswerKind
{
    Other = 0,

    /// <summary>One of the Responses API's that tells again what others told in pieces, or not yet.</summary>
    Repeat,

    /// <summary>One of the Responses API's that tells a whole item of the output again.</summary>
    Item,

    /// <summary>Anthropic's event behind the output, with its final count.</summary>
    Counted,

    /// <summary>The last event of a stream.</summary>
    Last,

    /// <summary>The provider's error event.</summary>
    Error,
}
