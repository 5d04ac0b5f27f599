using System.Text.Json;

namespace Gateway.Connectors.Json;

/// <summary>
/// Changes one member of a JSON object and leaves every other byte as it is, so that what was judged is what goes out. For text that
/// <see cref="StrictJson"/> accepted; anything else throws <see cref="JsonException"/> or <see cref="ArgumentException"/>.
/// </summary>
public static class JsonSplice
{
    /// <summary>Sets a member of the top level: its value is replaced in place, or the member is put behind the last one.</summary>
    /// <param name="name">ASCII without quotes, backslashes and control characters.</param>
    /// <param name="rawValue">One JSON value.</param>
    public static byte[] Set(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rawValue)
    {
        CheckArguments(name, rawValue);
        return Put(json, Find(json, name), name, rawValue);
    }

    /// <summary>Sets a member of the object <paramref name="outer"/>, which is made when it is missing or null.</summary>
    public static byte[] Set(ReadOnlySpan<byte> json, ReadOnlySpan<byte> outer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rawValue)
    {
        var place = Find(json, outer);
        var current = place.Found && !json[place.Start..place.End].SequenceEqual("null"u8) ? json[place.Start..place.End] : "{}"u8;
        var inner = Set(current, name, rawValue);
        CheckArguments(outer, inner);
        return Put(json, place, outer, inner);
    }

    /// <summary>A member's raw value; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Get(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var place = Find(json, name);
        return place.Found ? json[place.Start..place.End] : default;
    }

    /// <summary>Leaves out a member of the top level, and the comma that parted it from another.</summary>
    public static byte[] Remove(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArgumentException("Only an object has members to remove.", nameof(json));
        }

        var (before, isFirst) = ((int)reader.BytesConsumed, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (found, start) = (reader.ValueTextEquals(name), (int)reader.TokenStartIndex);
            reader.Read();
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (found)
            {
                var isLast = !reader.Read() || reader.TokenType != JsonTokenType.PropertyName;
                return isFirst && !isLast
                    ? Join(json[..start], json[(int)reader.TokenStartIndex..], default)
                    : Join(json[..before], json[end..], default);
            }

            (before, isFirst) = (end, false);
        }

        return json.ToArray();
    }

    private static void CheckArguments(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rawValue)
    {
        if (name.IsEmpty || name.ContainsAnyExceptInRange((byte)' ', (byte)'~') || name.IndexOfAny((byte)'"', (byte)'\\') >= 0)
        {
            throw new ArgumentException(
                "The name needs no escaping: ASCII without quotes, backslashes and control characters.",
                nameof(name)
            );
        }

        if (!StrictJson.IsValue(rawValue))
        {
            throw new ArgumentException("The value must be one JSON value.", nameof(rawValue));
        }
    }

    private static Place Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArgumentException("Only an object has members to set.", nameof(json));
        }

        var place = new Place(Found: false, (int)reader.BytesConsumed, (int)reader.BytesConsumed, Members: false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            place = new Place(found, start, (int)reader.BytesConsumed, Members: true);
            if (found)
            {
                break;
            }
        }

        return place;
    }

    private static byte[] Put(ReadOnlySpan<byte> json, Place place, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (place.Found)
        {
            return Join(json[..place.Start], value, json[place.End..]);
        }

        var member = Join(place.Members ? ",\""u8 : "\""u8, Join(name, "\":"u8, value), default);
        return Join(json[..place.End], member, json[place.End..]);
    }

    private static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        var joined = new byte[first.Length + second.Length + third.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsSpan(first.Length));
        third.CopyTo(joined.AsSpan(first.Length + second.Length));
        return joined;
    }

    /// <param name="Start">Where the found value starts.</param>
    /// <param name="End">Where it ends; when none was found, where the last member's value (or the opening brace) ends.</param>
    private readonly record struct Place(bool Found, int Start, int End, bool Members);
}
