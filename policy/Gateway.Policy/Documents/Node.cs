using System.Text;
using System.Text.Unicode;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>One value of a document as it is written, before anything is known of its type. Immutable.</summary>
public abstract record Node(SourcePosition Position);

/// <param name="Plain">Written without quotes, so that <c>true</c>, <c>5</c> and <c>null</c> mean more than text.</param>
public sealed record ScalarNode(string Text, bool Plain, SourcePosition Position) : Node(Position)
{
    /// <summary>YAML's ways to write nothing (YAML 1.2.2, 10.3.2).</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

public sealed record SequenceNode(IReadOnlyList<Node> Items, SourcePosition Position) : Node(Position);

/// <summary>Keys are unique: a second one of the same name was refused and isn't in here.</summary>
public sealed record MappingNode(IReadOnlyDictionary<string, MappingEntry> Entries, SourcePosition Position) : Node(Position)
{
    public static MappingNode Empty(SourcePosition position) => new(new Dictionary<string, MappingEntry>(), position);
}

/// <param name="Position">The key's own position.</param>
public sealed record MappingEntry(Node Value, SourcePosition Position);

/// <summary>One file of governance documents, already read. Policy does no I/O.</summary>
/// <param name="Name">As positions show it, such as <c>agents/assistant.yaml</c>. Need not be unique, but positions are clearer if it
/// is.</param>
/// <param name="Text">The whole text; at most <see cref="MaxBytes"/> as UTF-8, or the file is refused.</param>
public sealed record SourceFile(string Name, string Text)
{
    /// <value>4 MiB.</value>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>A file's text, with or without a mark of its encoding in front; false where it isn't UTF-8.</summary>
    /// <remarks>
    /// Never with another letter in place of what can't be read: a rule would then look for what nobody sends, and block nothing.
    /// </remarks>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        var isText = Utf8.IsValid(bytes);
        text = isText
            ? Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes)
            : "";
        return isText;
    }
}
