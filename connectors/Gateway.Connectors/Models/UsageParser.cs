using System.Text.Json;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads a <c>usage</c> object. OpenAI's <c>prompt_tokens</c> or <c>input_tokens</c> already hold what came from a cache; Anthropic's
/// <c>input_tokens</c> don't, so the two cache counts are added. <c>iterations</c> can sum to more than the top counts, which leave out
/// some steps (a compaction, a helper model): the larger counts. Some servers leave a model's thought out of the output and tell it only
/// in the total, or in the details: it is added. A count that is no whole number from 0 to 10^12 is none.
/// </summary>
internal static class UsageParser
{
    private const long Most = 1_000_000_000_000; // Above it is nonsense, and sums of it could overflow.

    public static TokenUsage Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        var counts = default(Counts);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("iterations"u8))
            {
                reader.Read();
                ReadIterations(ref reader, ref counts);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8) || reader.ValueTextEquals("output_tokens_details"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadDetails(ref reader, ref counts);
                }
            }
            else
            {
                ReadCount(ref reader, ref counts);
            }

            reader.Skip();
        }

        return counts.Sum();
    }

    /// <summary>The larger of each: a stream tells its usage again and again, and each time all of it.</summary>
    public static TokenUsage Larger(TokenUsage one, TokenUsage other) =>
        new(Larger(one.Input, other.Input), Larger(one.Output, other.Output));

    private static long? Larger(long? one, long? other) =>
        one is null ? other
        : other is null ? one
        : Math.Max(one.Value, other.Value);

    private static void ReadIterations(ref Utf8JsonReader reader, ref Counts counts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var step = Read(ref reader);
            reader.Skip();
            counts.StepsInput = Add(counts.StepsInput, step.Input);
            counts.StepsOutput = Add(counts.StepsOutput, step.Output);
        }
    }

    private static void ReadDetails(ref Utf8JsonReader reader, ref Counts counts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reasoning_tokens"u8))
            {
                counts.Reasoning = Number(ref reader);
            }

            reader.Skip();
        }
    }

    private static void ReadCount(ref Utf8JsonReader reader, ref Counts counts)
    {
        if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
        {
            counts.Input = Larger(counts.Input, Number(ref reader));
        }
        else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
        {
            counts.Output = Larger(counts.Output, Number(ref reader));
        }
        else if (reader.ValueTextEquals("total_tokens"u8))
        {
            counts.Total = Number(ref reader);
        }
        else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
        {
            counts.CacheWritten = Number(ref reader);
        }
        else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
        {
            counts.CacheRead = Number(ref reader);
        }
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count is >= 0 and <= Most ? count : null;
    }

    private static long? Add(long? sum, long? more) => more is null ? sum : Math.Min(Most, (sum ?? 0) + more.Value);

    private struct Counts
    {
        public long? Input;
        public long? Output;
        public long? Total;
        public long? Reasoning;
        public long? CacheWritten;
        public long? CacheRead;
        public long? StepsInput;
        public long? StepsOutput;

        public readonly TokenUsage Sum()
        {
            var input = Add(Add(Input, CacheWritten), CacheRead);
            var output = Reasoning > Output ? Add(Output, Reasoning) : Output;
            if (Total is { } total && total > (input ?? 0) + (output ?? 0))
            {
                (input, output) = input is null ? (total - (output ?? 0), output) : (input, total - input);
            }

            return Larger(new TokenUsage(input, output), new TokenUsage(StepsInput, StepsOutput));
        }
    }
}
