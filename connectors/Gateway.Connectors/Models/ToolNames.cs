using System.Buffers;
using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Finds tools by what they are called, whatever the dialect calls that: a name, a type, or a server's label. What a group of tools holds
/// counts as its own.
/// </summary>
internal static class ToolNames
{
    private static readonly Literal[] Names = [new("name"), new("type"), new("server_label"), new("server_name"), new("mcp_server_name")];

    /// <summary>The caller's own data, whose names say nothing of the tool.</summary>
    private static readonly Literal[] Free =
    [
        new("parameters"),
        new("input_schema"),
        new("output_schema"),
        new("input_examples"),
        new("annotations"),
    ];

    private static readonly JsonReaderOptions Options = new() { MaxDepth = StrictJsonReader.MaxDepth };

    /// <summary>A list's entries without those that are stripped.</summary>
    /// <param name="some">Whether any is left.</param>
    public static byte[] Without(ReadOnlySpan<byte> list, ToolStrip strip, out bool some)
    {
        var kept = new ArrayBufferWriter<byte>(list.Length);
        kept.Write("["u8);
        some = false;
        var isWhole = true;
        var reader = new Utf8JsonReader(list, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var entry = list[start..(int)reader.BytesConsumed];
            if (IsStripped(entry, strip))
            {
                isWhole = false;
                continue;
            }

            kept.Write(some ? ","u8 : default);
            kept.Write(entry);
            some = true;
        }

        kept.Write("]"u8);
        return isWhole ? list.ToArray() : kept.WrittenSpan.ToArray();
    }

    /// <summary>Whether a tool, or a choice of tools, has something to do with a stripped one.</summary>
    public static bool IsStripped(ReadOnlySpan<byte> tool, ToolStrip strip)
    {
        if (strip.All)
        {
            return true;
        }

        var reader = new Utf8JsonReader(tool, Options);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var (isName, isFree) = (Is(in reader, Names), Is(in reader, Free));
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String && strip.Strips(reader.GetString()))
            {
                return true;
            }

            if (isFree)
            {
                reader.Skip();
            }
        }

        return false;
    }

    /// <summary>Whether a list of tools below the top level holds a stripped one.</summary>
    public static bool AreInContent(ReadOnlySpan<byte> body, ToolStrip strip)
    {
        var reader = new Utf8JsonReader(body, Options);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("tools"u8))
            {
                continue;
            }

            var isTop = reader.CurrentDepth == 1;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isTop && HasStripped(body[start..(int)reader.BytesConsumed], strip))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasStripped(ReadOnlySpan<byte> list, ToolStrip strip)
    {
        var reader = new Utf8JsonReader(list, Options);
        return reader.Read() && reader.Read() && reader.TokenType != JsonTokenType.EndArray && IsStripped(list, strip);
    }

    private static bool Is(in Utf8JsonReader reader, Literal[] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name.Utf8))
            {
                return true;
            }
        }

        return false;
    }
}
