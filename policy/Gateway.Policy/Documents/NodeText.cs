using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Policy.Documents;

/// <summary>
/// Writes a document as one line of YAML in flow style, fields in order, that reads as it did: what was written without quotes and could
/// mean more than text stays so.
/// </summary>
internal static class NodeText
{
    /// <summary>What a number, a truth value, a duration or an amount is written with.</summary>
    private static readonly SearchValues<char> Bare = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+-_"
    );

    public static string Of(Node document)
    {
        var text = new StringBuilder();
        Write(text, document);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                WriteMapping(text, mapping);
                break;
            case SequenceNode sequence:
                WriteSequence(text, sequence);
                break;
            case ScalarNode { IsNull: true }:
                text.Append("null");
                break;
            case ScalarNode { Plain: true } scalar when IsBare(scalar.Text):
                text.Append(scalar.Text);
                break;
            case ScalarNode scalar:
                WriteQuoted(text, scalar.Text);
                break;
            default:
                throw new ArgumentException("A node of no known kind.", nameof(node));
        }
    }

    private static void WriteMapping(StringBuilder text, MappingNode mapping)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, entry) in mapping.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(first ? "" : ", ");
            first = false;
            WriteQuoted(text, name);
            text.Append(": ");
            Write(text, entry.Value);
        }

        text.Append('}');
    }

    private static void WriteSequence(StringBuilder text, SequenceNode sequence)
    {
        text.Append('[');
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, sequence.Items[i]);
        }

        text.Append(']');
    }

    /// <summary>A lone sign could begin something else.</summary>
    private static bool IsBare(string text) => !text.AsSpan().ContainsAnyExcept(Bare) && char.IsAsciiLetterOrDigit(text[^1]);

    /// <summary>Double quotes (YAML 1.2.2, 7.3.1). Whatever isn't certain to be printable is an escape.</summary>
    private static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                >= ' ' and <= '~' => text.Append(c),
                _ when char.IsLetterOrDigit(c) || char.IsSurrogate(c) => text.Append(c),
                _ => text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        text.Append('"');
    }
}
