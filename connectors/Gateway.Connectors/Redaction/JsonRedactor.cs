using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Replaces in one JSON document what must not be in it, and leaves every other byte as it is: finds of the patterns inside of strings,
/// card numbers that are JSON numbers, and whole values by pointer. What is found in a member's name can't be replaced without making it
/// another member, so it refuses.
/// </summary>
public static class JsonRedactor
{
    /// <value>The most fields that can be replaced together: 64.</value>
    public const int MaxFields = PointerTrail.MaxPointers;

    /// <summary>Characters of most paths and headers; a longer text takes an array.</summary>
    private const int UsualLength = 256;

    /// <summary>Bytes of UTF-8 that one UTF-16 unit takes at most.</summary>
    private const int LongestCharacter = 3;

    /// <summary>
    /// False where the bytes aren't JSON with one reading only, or hold in a name what must not be there, or there are too many fields.
    /// </summary>
    /// <param name="redacted">The same memory where nothing was found; memory of its own otherwise.</param>
    public static bool TryRedact(ReadOnlyMemory<byte> json, RedactionTerms terms, out ReadOnlyMemory<byte> redacted)
    {
        using var output = new GrowingBuffer();
        var isRedacted = TryRedact(json, terms, output, out redacted, out _);
        redacted = isRedacted && !redacted.Equals(json) ? redacted.ToArray() : redacted;
        return isRedacted;
    }

    /// <summary>As the other, without memory of its own.</summary>
    /// <param name="output">Empty. Has the redacted document where something was found: not to be disposed of before that was
    /// used.</param>
    /// <param name="redacted">The same memory where nothing was found.</param>
    /// <param name="counts">What was replaced.</param>
    public static bool TryRedact(
        ReadOnlyMemory<byte> json,
        RedactionTerms terms,
        GrowingBuffer output,
        out ReadOnlyMemory<byte> redacted,
        out RedactionCounts counts
    )
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(output);
        (redacted, counts) = (default, default);
        if (terms.Fields.Count > MaxFields)
        {
            return false;
        }

        using var rewriting = new JsonRewriter(json, output);
        if (!Walk(json.Span, rewriting, terms))
        {
            return false;
        }

        (redacted, counts) = (rewriting.Finish(), rewriting.Counts);
        return true;
    }

    /// <summary>Whether text that isn't JSON, such as a query, has a find of the patterns.</summary>
    public static bool IsFound(ReadOnlySpan<byte> text, RedactionPatterns patterns)
    {
        if (patterns == RedactionPatterns.None || !TextFinds.MayReadOtherwise(text))
        {
            return TextScanner.TryFind(text, PossiblePatterns.Of(text, patterns), 0, out _);
        }

        using var finds = new TextFinds();
        return finds.In(text, patterns).Count > 0;
    }

    /// <summary>As the other.</summary>
    public static bool IsFound(string text, RedactionPatterns patterns)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = text.Length <= UsualLength ? stackalloc byte[UsualLength * LongestCharacter] : new byte[text.Length * LongestCharacter];
        return IsFound(bytes[..Encoding.UTF8.GetBytes(text, bytes)], patterns);
    }

    private static bool Walk(ReadOnlySpan<byte> json, JsonRewriter rewriting, RedactionTerms terms)
    {
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(json, stackalloc ulong[StrictJsonReader.ScratchLength]);
            return Walk(ref reader, rewriting, terms);
        }
        catch (JsonException)
        {
            return false; // What was rewritten so far is dropped: only what is read to its end is known to have one reading.
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static bool Walk(ref StrictJsonReader reader, JsonRewriter rewriting, RedactionTerms terms)
    {
        var trail = terms.Fields.Count == 0 ? null : new PointerTrail(terms.Fields);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (IsFound(reader.Name, terms.Patterns))
                    {
                        return false;
                    }

                    trail?.Name(reader.Name);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    trail?.Leave();
                    break;
                default:
                    trail?.Item();
                    Value(ref reader, rewriting, trail, terms.Patterns);
                    break;
            }
        }

        return true;
    }

    private static void Value(ref StrictJsonReader reader, JsonRewriter rewriting, PointerTrail? trail, RedactionPatterns patterns)
    {
        if (trail is { Exact: not 0 })
        {
            var start = (int)reader.Token.TokenStartIndex;
            reader.SkipValue();
            rewriting.Replace(start, (int)reader.Token.BytesConsumed, RedactionPatterns.None);
        }
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            trail?.Enter(reader.TokenType == JsonTokenType.StartArray);
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            rewriting.Text(in reader.Token, patterns);
        }
        else if (
            reader.TokenType == JsonTokenType.Number
            && (patterns & RedactionPatterns.Card) != 0
            && CardPattern.IsNumber(reader.Token.ValueSpan)
        )
        {
            rewriting.Replace((int)reader.Token.TokenStartIndex, (int)reader.Token.BytesConsumed, RedactionPatterns.Card);
        }
    }
}
