using System.Buffers;
using System.Text.Json;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Finds the credential where a stream tells it in parts: what successive events say at the same place of their JSON (the texts of deltas)
/// is one text, and so is what is no JSON. Keeps of each only what could be the beginning of it. One answer only; not thread-safe.
/// </summary>
public sealed class SecretInEvents(SecretGuard guard)
{
    /// <value>Of a beginning so few bytes may have gone on: most texts end with the first of some form.</value>
    public const int FewestHeld = 4;

    /// <value>Places of which something is kept at once; more share.</value>
    private const int MostPlaces = 1024;

    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int MaxDepth = 64;

    /// <value>Events that what begins at one place waits for: then it may go on, and is still looked for.</value>
    private const int MostWaiting = 16;

    private readonly Dictionary<ulong, Begun> _begun = [];
    private int _events;

    /// <summary>Whether what was said last could be the beginning of it, so that it must wait for what follows.</summary>
    public bool Begins { get; private set; }

    /// <summary>Whether the data of the next event completes it. That it isn't in the event by itself was seen before.</summary>
    public bool IsIn(ReadOnlySpan<byte> data)
    {
        if (guard.IsNone)
        {
            return false;
        }

        _events++;
        var isIn = TryReadTexts(data) ?? IsIn(Seed, data);
        Begins = false;
        foreach (var begun in _begun.Values)
        {
            Begins |= begun.Waits && _events - begun.Event < MostWaiting;
        }

        return isIn;
    }

    /// <summary>Null where it is no JSON.</summary>
    private bool? TryReadTexts(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return null;
        }

        byte[]? unescaped = null;
        try
        {
            return IsInTexts(data, PartOf(data), ref unescaped);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // Broken, or of half characters: then it is text as any other.
        }
        finally
        {
            if (unescaped is not null)
            {
                ArrayPool<byte>.Shared.Return(unescaped);
            }
        }
    }

    /// <summary>What tells the texts of one answer's parts apart, which dialects number.</summary>
    private static ulong PartOf(ReadOnlySpan<byte> data)
    {
        var part = Seed;
        if (data.IndexOf("index\""u8) < 0)
        {
            return part;
        }

        var reader = new Utf8JsonReader(data);
        for (var isNumbered = false; reader.Read(); )
        {
            if (isNumbered && reader.TokenType == JsonTokenType.Number)
            {
                part = Hash(part, reader.ValueSpan);
            }

            isNumbered = reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.EndsWith("index"u8);
        }

        return part;
    }

    private bool IsInTexts(ReadOnlySpan<byte> data, ulong part, ref byte[]? unescaped)
    {
        Span<Level> levels = stackalloc Level[MaxDepth + 2];
        levels[0] = new Level { Container = part, Value = part };
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            ref var level = ref levels[reader.CurrentDepth];
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                level.Value = Hash(level.Container, reader.ValueSpan);
            }
            else if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
            {
                var place = level.Value;
                level.Value = (level.Value * Prime) + 1; // In an array the next item is elsewhere.
                levels[reader.CurrentDepth + 1] = new Level { Container = place, Value = (place * Prime) + 2 };
                if (reader.TokenType == JsonTokenType.String && IsIn(place, TextOf(in reader, ref unescaped)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsIn(ulong place, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        place %= MostPlaces;
        if (!_begun.Remove(place, out var begun))
        {
            Keep(place, text, text, default);
            return false;
        }

        var joined = ArrayPool<byte>.Shared.Rent(begun.Text.Length + text.Length);
        try
        {
            begun.Text.CopyTo(joined, 0);
            text.CopyTo(joined.AsSpan(begun.Text.Length));
            var whole = joined.AsSpan(0, begun.Text.Length + text.Length);
            Keep(place, text, whole, begun);
            return guard.IsIn(whole);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    /// <summary>
    /// What was said just before at the same place, and not gone on with, is said again: an id, which every event has. It went on already.
    /// </summary>
    private void Keep(ulong place, ReadOnlySpan<byte> text, ReadOnlySpan<byte> whole, in Begun before)
    {
        var begins = guard.BeginsIn(whole);
        if (begins > 0)
        {
            var said = begins >= FewestHeld ? Hash(Seed, text) : 0;
            var isAgain = before.Said == said && begins <= text.Length;
            _begun[place] = new(whole[^begins..].ToArray(), _events, said, begins >= FewestHeld && !isAgain);
        }
    }

    private static ReadOnlySpan<byte> TextOf(in Utf8JsonReader reader, ref byte[]? unescaped)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (unescaped is null || unescaped.Length < reader.ValueSpan.Length)
        {
            if (unescaped is not null)
            {
                ArrayPool<byte>.Shared.Return(unescaped);
            }

            unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        }

        return unescaped.AsSpan(0, reader.CopyString(unescaped));
    }

    private static ulong Hash(ulong seed, ReadOnlySpan<byte> text)
    {
        var hash = seed ^ 0xFF;
        foreach (var b in text)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }

    /// <summary>What at the end of a text could be the beginning, and the event and the piece that it ended with.</summary>
    private readonly record struct Begun(byte[] Text, int Event, ulong Said, bool Waits)
    {
        public override string ToString() => "***";
    }

    /// <summary>Hashes of the way to the object or array, and to the value in it that comes next.</summary>
    private struct Level
    {
        public ulong Container;
        public ulong Value;
    }
}
