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
