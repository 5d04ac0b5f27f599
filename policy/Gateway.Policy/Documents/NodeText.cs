using System.Text;

namespace Gateway.Policy.Documents;

/// <summary>
/// Writes a document as one line of YAML in flow style, fields in order, that reads as it did: what was written without quotes and could
/// mean more than text stays so.
/// </summary>
internal static class NodeText
{
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
            case ScalarNode scalar:
                ScalarText.Write(text, scalar);
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
            ScalarText.WriteQuoted(text, name);
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
}
