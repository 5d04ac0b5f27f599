using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>Cuts the arrays of one JSON document to so many items, and leaves every other byte as it is.</summary>
public static class RowLimiter
{
    /// <value>The most arrays that can be cut together: 64.</value>
    public const int MaxLimits = PointerTrail.MaxPointers;

    /// <summary>
    /// False where the bytes aren't JSON with one reading only, or a limit leads to nothing or to something that is no array.
    /// </summary>
    /// <param name="cut">The same memory where nothing was over its limit.</param>
    public static bool TryLimit(ReadOnlyMemory<byte> json, TermSet<RowLimit> limits, out ReadOnlyMemory<byte> cut)
    {
        ArgumentNullException.ThrowIfNull(limits);
        cut = default;
        if (limits.Count > MaxLimits || !StrictJson.IsValue(json.Span))
        {
            return false;
        }

        var output = new ArrayBufferWriter<byte>();
        var walk = new Walk(json, limits, output);
        if (!walk.ToEnd())
        {
            return false;
        }

        cut = output.WrittenCount == 0 ? json : output.WrittenMemory;
        return true;
    }

    /// <summary>
    /// Whether no array is longer than the least of the limits: what an answer that tells of a failure may have in place of the arrays
    /// asked for.
    /// </summary>
    public static bool IsWithin(ReadOnlySpan<byte> json, TermSet<RowLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (!StrictJson.IsValue(json))
        {
            return false;
        }

        var least = limits.Min(limit => limit.Rows);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        Span<int> counts = stackalloc int[StrictJsonReader.MaxDepth + 2];
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                counts[reader.CurrentDepth] = int.MinValue; // Members aren't rows.
            }
            else if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
            {
                var isOpening = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
                if (++counts[reader.CurrentDepth] > least && reader.CurrentDepth > 0)
                {
                    return false;
                }

                counts[reader.CurrentDepth + 1] = isOpening ? 0 : counts[reader.CurrentDepth + 1];
            }
        }

        return true;
    }

    private sealed class Walk
    {
        private readonly ReadOnlyMemory<byte> _json;
        private readonly TermSet<RowLimit> _limits;
        private readonly ArrayBufferWriter<byte> _output;
        private readonly PointerTrail _trail;
        private ulong _met;
        private int _copied;

        public Walk(ReadOnlyMemory<byte> json, TermSet<RowLimit> limits, ArrayBufferWriter<byte> output)
        {
            (_json, _limits, _output) = (json, limits, output);
            _trail = new PointerTrail([.. limits.Select(limit => limit.At)]);
        }

        /// <summary>False where a limit couldn't be met.</summary>
        public bool ToEnd()
        {
            var reader = new Utf8JsonReader(_json.Span, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
            reader.Read();
            if (!Value(ref reader) || BitOperations.PopCount(_met) != _limits.Count)
            {
                return false;
            }

            if (_copied > 0)
            {
                _output.Write(_json.Span[_copied..]);
            }

            return true;
        }

        /// <summary>Walks the value that the reader stands on, to its end.</summary>
        private bool Value(ref Utf8JsonReader reader)
        {
            var exact = _trail.Exact;
            if (exact != 0 && reader.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            _met |= exact;
            return reader.TokenType switch
            {
                JsonTokenType.StartArray => Array(ref reader, MaxRows(exact)),
                JsonTokenType.StartObject => Object(ref reader),
                _ => true,
            };
        }

        private bool Array(ref Utf8JsonReader reader, int most)
        {
            _trail.Enter(isArray: true);
            var last = 0;
            for (var count = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            {
                if (count == most)
                {
                    _output.Write(_json.Span[_copied..last]);
                    _copied = last;
                }

                if (count >= most)
                {
                    reader.Skip();
                    continue;
                }

                _trail.Item();
                if (!Value(ref reader))
                {
                    return false;
                }

                last = (int)reader.BytesConsumed;
            }

            _copied = last > 0 && _copied == last ? (int)reader.TokenStartIndex : _copied; // What came behind the last row is left out.

            _trail.Leave();
            return true;
        }

        private bool Object(ref Utf8JsonReader reader)
        {
            _trail.Enter(isArray: false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                _trail.Name(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan);
                reader.Read();
                if (!Value(ref reader))
                {
                    return false;
                }
            }

            _trail.Leave();
            return true;
        }

        private int MaxRows(ulong exact)
        {
            var most = int.MaxValue;
            for (; exact != 0; exact &= exact - 1)
            {
                most = Math.Min(most, _limits[BitOperations.TrailingZeroCount(exact)].Rows);
            }

            return most;
        }
    }
}
