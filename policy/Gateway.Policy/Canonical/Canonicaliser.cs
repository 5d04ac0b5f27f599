using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Policy.Canonical;

/// <summary>
/// Turns one JSON text into its canonical form. Values are written as they are read; at the end of an object whose names came out of order
/// its members are laid anew. Serves one text; not thread-safe.
/// </summary>
internal sealed class Canonicaliser : IDisposable
{
    private readonly GrowingBuffer _output = new();
    private readonly GrowingBuffer _names = new();
    private readonly GrowingBuffer _scratch = new();
    private readonly List<Member> _members = [];

    public ReadOnlySpan<byte> Written => _output.Written;

    /// <summary>Null when it went well; otherwise what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        try
        {
            reader.Read();
            var error = Value(ref reader);

            // Reading on to the end finds anything that follows the value, and throws.
            return error ?? (reader.Read() ? "There is more than one value." : null);
        }
        catch (JsonException e)
        {
            return "Not JSON: " + e.Message;
        }
        catch (InvalidOperationException)
        {
            return $"The string that begins at byte {reader.TokenStartIndex} isn't valid Unicode.";
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _names.Dispose();
        _scratch.Dispose();
    }

    private string? Value(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader),
            JsonTokenType.StartArray => Array(ref reader),
            JsonTokenType.String => String(ref reader),
            JsonTokenType.Number => Number(ref reader),
            JsonTokenType.True => Literal("true"u8),
            JsonTokenType.False => Literal("false"u8),
            JsonTokenType.Null => Literal("null"u8),
            JsonTokenType.None
            or JsonTokenType.EndObject
            or JsonTokenType.EndArray
            or JsonTokenType.PropertyName
            or JsonTokenType.Comment => "Not JSON: a value is missing.",
        };

    private string? Array(ref Utf8JsonReader reader)
    {
        Put((byte)'[');
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                Put((byte)',');
            }

            first = false;
            if (Value(ref reader) is { } error)
            {
                return error;
            }
        }

        Put((byte)']');
        return null;
    }

    private string? Object(ref Utf8JsonReader reader)
    {
        var (firstMember, firstName) = (_members.Count, _names.Length);
        Put((byte)'{');
        var start = _output.Length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (_members.Count > firstMember)
            {
                Put((byte)',');
            }

            if (MemberOf(ref reader) is { } error)
            {
                return error;
            }
        }

        if (!Order(firstMember, start))
        {
            return $"The object that ends at byte {reader.TokenStartIndex} has a name twice.";
        }

        Put((byte)'}');
        _members.RemoveRange(firstMember, _members.Count - firstMember);
        _names.Truncate(firstName);
        return null;
    }

    private string? MemberOf(ref Utf8JsonReader reader)
    {
        var (nameStart, start) = (_names.Length, _output.Length);
        _names.Advance(reader.CopyString(_names.GetSpan(reader.ValueSpan.Length)));
        var nameLength = _names.Length - nameStart;
        JsonText.Write(_output, _names.Written.Slice(nameStart, nameLength));
        Put((byte)':');
        reader.Read();
        var error = Value(ref reader);

        // After the value, which may hold objects of its own: the members of one object stand together in the list.
        _members.Add(new Member(nameStart, nameLength, start, _output.Length - start));
        return error;
    }

    /// <summary>Lays the members of one object in order; false when two have the same name.</summary>
    private bool Order(int firstMember, int start)
    {
        var members = CollectionsMarshal.AsSpan(_members)[firstMember..];
        if (InOrder(members))
        {
            return true;
        }

        members.Sort(Compare);
        if (!InOrder(members))
        {
            return false;
        }

        _scratch.Truncate(0);
        var unordered = _output.Written[start..];
        unordered.CopyTo(_scratch.GetSpan(unordered.Length));
        _scratch.Advance(unordered.Length);
        _output.Truncate(start);
        Lay(members, start);
        return true;
    }

    private void Lay(ReadOnlySpan<Member> members, int start)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                Put((byte)',');
            }

            Literal(_scratch.Written.Slice(members[i].Start - start, members[i].Length));
        }
    }

    private bool InOrder(ReadOnlySpan<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (Compare(members[i - 1], members[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Compare(Member left, Member right) =>
        Utf16Order.Compare(_names.Written.Slice(left.NameStart, left.NameLength), _names.Written.Slice(right.NameStart, right.NameLength));

    private string? String(ref Utf8JsonReader reader)
    {
        _scratch.Truncate(0);
        var length = reader.CopyString(_scratch.GetSpan(reader.ValueSpan.Length));
        _scratch.Advance(length);
        JsonText.Write(_output, _scratch.Written);
        return null;
    }

    private string? Number(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (
            !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !EcmaNumber.TryFormat(value, _output.GetSpan(EcmaNumber.MaxLength), out var written)
        )
        {
            return $"The number at byte {reader.TokenStartIndex} is greater than JSON readers can hold.";
        }

        // An integer that a double doesn't hold would come out as another one, and two texts that differ would get the same digest.
        if (
            Math.Abs(value) > CanonicalJson.MaxInteger
            && text.IndexOfAny(".eE"u8) < 0
            && !text.SequenceEqual(_output.GetSpan(EcmaNumber.MaxLength)[..written])
        )
        {
            return $"The integer at byte {reader.TokenStartIndex} is beyond 2^53: send it as a string.";
        }

        _output.Advance(written);
        return null;
    }

    private string? Literal(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_output.GetSpan(text.Length));
        _output.Advance(text.Length);
        return null;
    }

    private void Put(byte b)
    {
        _output.GetSpan(1)[0] = b;
        _output.Advance(1);
    }

    /// <summary>One member: its name, unescaped, in the names; the whole of it in the output.</summary>
    private readonly record struct Member(int NameStart, int NameLength, int Start, int Length);
}
