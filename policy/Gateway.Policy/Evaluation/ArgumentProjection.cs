using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gateway.Cel.Values;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Cuts JSON down to some places of it, so that whoever reads only those reads the same: the values as they were written, byte for byte,
/// and on the way to them the kinds of things, and names that are alike.
/// </summary>
internal static class ArgumentProjection
{
    /// <summary>Null for what can't be read in one way, or is too deep.</summary>
    public static byte[]? Project(ReadOnlySpan<byte> json, IReadOnlyList<ArgumentPath> paths)
    {
        try
        {
            if (!JsonValues.TryParse(json, out _))
            {
                return null;
            }

            var output = new ArrayBufferWriter<byte>(256);
            var reader = new Utf8JsonReader(json);
            reader.Read();
            Value(ref reader, json, paths, 0, output);
            return output.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // Half a surrogate pair in a name, say.
        }
    }

    private static void Value(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        IReadOnlyList<ArgumentPath> paths,
        int depth,
        ArrayBufferWriter<byte> output
    )
    {
        if (reader.TokenType == JsonTokenType.StartObject && !Ends(paths, depth))
        {
            Object(ref reader, json, paths, depth, output);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && !Ends(paths, depth))
        {
            Array(ref reader, json, paths, depth, output);
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            output.Write(json[start..(int)reader.BytesConsumed]);
        }
    }

    private static void Object(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        IReadOnlyList<ArgumentPath> paths,
        int depth,
        ArrayBufferWriter<byte> output
    )
    {
        output.Write("{"u8);
        var first = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var like = Below(paths, depth, name, LooseText.AreAlike);
            var written = reader.ValueSpan; // With its escapes.
            reader.Read();
            if (like.Count == 0)
            {
                reader.Skip();
                continue;
            }

            output.Write(first ? "\""u8 : ",\""u8);
            first = false;
            output.Write(written);
            output.Write("\":"u8);
            ValueOrNull(ref reader, json, Below(like, depth, name, string.Equals), depth, output);
        }

        output.Write("}"u8);
    }

    private static void Array(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        IReadOnlyList<ArgumentPath> paths,
        int depth,
        ArrayBufferWriter<byte> output
    )
    {
        output.Write("["u8);
        var last = LastItem(paths, depth);
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i > last)
            {
                reader.Skip();
                continue;
            }

            output.Write(i == 0 ? ""u8 : ","u8);
            ValueOrNull(ref reader, json, Below(paths, depth, i.ToString(CultureInfo.InvariantCulture), string.Equals), depth, output);
        }

        output.Write("]"u8);
    }

    private static void ValueOrNull(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        IReadOnlyList<ArgumentPath> below,
        int depth,
        ArrayBufferWriter<byte> output
    )
    {
        if (below.Count > 0)
        {
            Value(ref reader, json, below, depth + 1, output);
        }
        else
        {
            reader.Skip();
            output.Write("null"u8);
        }
    }

    /// <summary>The last item that a path goes through; -1 for none.</summary>
    private static int LastItem(IReadOnlyList<ArgumentPath> paths, int depth) =>
        paths.Max(path =>
            path.Steps.Count > depth && int.TryParse(path.Steps[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var item)
                ? item
                : -1
        );

    private static bool Ends(IReadOnlyList<ArgumentPath> paths, int depth) => paths.Any(path => path.Steps.Count == depth);

    private static IReadOnlyList<ArgumentPath> Below(
        IReadOnlyList<ArgumentPath> paths,
        int depth,
        string step,
        Func<string, string, bool> areOne
    ) => [.. paths.Where(path => path.Steps.Count > depth && areOne(path.Steps[depth], step))];
}
