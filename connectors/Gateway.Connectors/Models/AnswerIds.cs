using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gateway.Connectors.Models;

/// <summary>
/// Seals the ids that a provider gives out: the answer's own, those of its items, of a conversation's, of what it goes on from, and of a
/// batch's files. Only where the provider itself writes them: a text of the caller's that the answer repeats, such as its metadata, must
/// not become an id of its own.
/// </summary>
public static class AnswerIds
{
    private const int MaxDepth = 256;

    /// <summary>The same JSON with its ids sealed. One that can't be read stays as it is.</summary>
    /// <param name="seal">From the provider's id to what the agent is told.</param>
    /// <param name="output">Gets it, behind what is there.</param>
    public static void Seal(ReadOnlySpan<byte> json, Func<string, string> seal, IBufferWriter<byte> output)
    {
        var places = new List<Range>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                Find(ref reader, places, Place.Top);
                reader.Read(); // Throws where something follows.
            }
        }
        catch (JsonException)
        {
            places.Clear();
        }

        var at = 0;
        foreach (var place in places)
        {
            var (start, length) = place.GetOffsetAndLength(json.Length);
            output.Write(json[at..start]);
            output.Write(Encoding.UTF8.GetBytes(seal(Encoding.UTF8.GetString(json.Slice(start, length)))));
            at = start + length;
        }

        output.Write(json[at..]);
    }

    /// <summary>Goes through one object, from its start to its end.</summary>
    private static void Find(ref Utf8JsonReader reader, List<Range> places, Place place)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var inside = InsideOf(in reader, place, out var isId);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
            {
                var start = (int)reader.TokenStartIndex + 1;
                places.Add(start..(start + reader.ValueSpan.Length));
            }
            else if (inside != Place.None && reader.TokenType == JsonTokenType.StartObject)
            {
                Find(ref reader, places, inside);
            }
            else if (inside == Place.Item && reader.TokenType == JsonTokenType.StartArray)
            {
                FindItems(ref reader, places);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void FindItems(ref Utf8JsonReader reader, List<Range> places)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Find(ref reader, places, Place.Item);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>What a member's value is, if it is an object; and whether it is an id.</summary>
    private static Place InsideOf(in Utf8JsonReader name, Place place, out bool isId)
    {
        isId =
            name.ValueTextEquals("id"u8)
            || (
                place is Place.Top or Place.Item
                && (
                    name.ValueTextEquals("input_file_id"u8)
                    || name.ValueTextEquals("output_file_id"u8)
                    || name.ValueTextEquals("error_file_id"u8)
                )
            );
        if (isId || place == Place.Item)
        {
            return Place.None;
        }

        var isTop = place == Place.Top;
        isId =
            name.ValueTextEquals("previous_response_id"u8)
            || (isTop && (name.ValueTextEquals("item_id"u8) || name.ValueTextEquals("first_id"u8) || name.ValueTextEquals("last_id"u8)));
        return isTop && name.ValueTextEquals("response"u8) ? Place.Answer
            : isTop && (name.ValueTextEquals("item"u8) || name.ValueTextEquals("data"u8)) ? Place.Item
            : name.ValueTextEquals("output"u8) || name.ValueTextEquals("conversation"u8) ? Place.Item
            : Place.None;
    }

    private enum Place
    {
        None = 0,

        /// <summary>The whole text: an answer, or an event.</summary>
        Top,

        /// <summary>The answer inside an event.</summary>
        Answer,

        /// <summary>An item, or a conversation: only its id counts, and those of a batch's files.</summary>
        Item,
    }
}
