using System.Text.Json;
using Gateway.Connectors.Json;
using static Gateway.Connectors.Models.DialectTables;

namespace Gateway.Connectors.Models;

/// <summary>
/// Measures the text in an answer's output: every string but those that are known to be no text of the model's. What a provider invents
/// tomorrow is counted.
/// </summary>
internal struct OutputMeter
{
    private static readonly NameTable<OutputMeaning> Names = Table(
        (OutputMeaning.Silent, "id object role status model index finish_reason native_finish_reason stop_reason stop_sequence"),
        (OutputMeaning.Silent, "call_id item_id tool_use_id tool_call_id system_fingerprint obfuscation"),
        (OutputMeaning.Silent, "logprobs top_logprobs annotations citations usage"),
        (OutputMeaning.Opaque, "data signature encrypted_content result b64_json partial_image_b64"),
        (OutputMeaning.Arguments, "input arguments"),
        (OutputMeaning.Kind, "type")
    );

    /// <value>Tokens at most.</value>
    public long Most { get; private set; }

    /// <value>Bytes of text at least, unescaped.</value>
    public long Bytes { get; private set; }

    /// <value>Whether it holds what cost tokens and can't be measured: thought, sound, pictures.</value>
    public bool Hides { get; private set; }

    /// <summary>Counts a value. The reader stands on it, and is left at its end.</summary>
    public void Count(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            CountText(reader);
            return;
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                CountText(reader);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                CountMember(ref reader);
            }
        }
    }

    /// <summary>Counts what can't be read, as if all of it were text.</summary>
    public void CountUnread(ReadOnlySpan<byte> bytes) => Most += TextTokens.Most(bytes);

    public void Add(in OutputMeter more)
    {
        Most += more.Most;
        Bytes += more.Bytes;
        Hides |= more.Hides;
    }

    public static OutputMeter Larger(in OutputMeter one, in OutputMeter other) =>
        new()
        {
            Most = Math.Max(one.Most, other.Most),
            Bytes = Math.Max(one.Bytes, other.Bytes),
            Hides = one.Hides || other.Hides,
        };

    /// <summary>Leaves the reader on the name where the value is still to be counted, and else at the value's end.</summary>
    private void CountMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || !Names.TryFind(reader.ValueSpan, KeyHash.Compute(reader.ValueSpan), out var meaning, out _))
        {
            return;
        }

        switch (meaning)
        {
            case OutputMeaning.Silent:
                reader.Skip();
                break;
            case OutputMeaning.Opaque:
                reader.Read();
                Hides |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
                CountInside(ref reader);
                break;
            case OutputMeaning.Kind:
                reader.Read();
                Hides |= reader.TokenType == JsonTokenType.String && IsThought(reader.ValueSpan);
                CountInside(ref reader);
                break;
            case OutputMeaning.Arguments:
                reader.Read();
                CountArguments(ref reader);
                break;
            case OutputMeaning.None:
                break;
        }
    }

    private void CountInside(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Count(ref reader);
        }
    }

    /// <summary>What the model made as JSON: its names, numbers and marks are its own too.</summary>
    private void CountArguments(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            CountText(reader);
        } while (
            (reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read()
        );
    }

    private void CountText(in Utf8JsonReader reader)
    {
        var (most, bytes) = TextTokens.OfJson(reader.ValueSpan, reader.ValueIsEscaped);
        Most += most;
        Bytes += bytes;
    }

    private static bool IsThought(ReadOnlySpan<byte> kind) =>
        kind.StartsWith("thinking"u8) || kind.StartsWith("redacted_thinking"u8) || kind.StartsWith("reasoning"u8);

    private enum OutputMeaning
    {
        None = 0,

        /// <summary>Not the model's words, or told a second time.</summary>
        Silent,

        /// <summary>Stands for tokens that nobody can count from it.</summary>
        Opaque,

        /// <summary>A tool's arguments.</summary>
        Arguments,

        /// <summary>Says what the object is.</summary>
        Kind,
    }
}
