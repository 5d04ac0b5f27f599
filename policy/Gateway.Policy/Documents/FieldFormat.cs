using Gateway.Cel.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>How one scalar field is written, read and shown. Stateless.</summary>
/// <param name="Expected">For an error, with its article and bounds: <c>a duration from 1s to 1d</c>.</param>
/// <param name="Example">For the remedy.</param>
/// <param name="TryRead">Never throws.</param>
/// <param name="Canonical">The one text for a value: <c>60s</c> and <c>1m</c> are the same.</param>
public sealed record FieldFormat<T>(string Expected, string Example, TryRead<T> TryRead, Func<T, string> Canonical)
{
    /// <summary>The words to choose from; empty for an open format.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Numbers and booleans are written without quotes.</summary>
    public bool PlainOnly { get; init; }

    /// <summary>False where authors paste secrets by mistake: the error doesn't repeat what they wrote.</summary>
    public bool MayShow { get; init; } = true;

    /// <summary>Reads a scalar; false, and the error is in the list, for anything else.</summary>
    internal bool TryReadNode(Node node, string path, ErrorList errors, out T value)
    {
        if (node is ScalarNode { IsNull: false } scalar && (scalar.Plain || !PlainOnly) && TryRead(scalar.Text, out value))
        {
            return true;
        }

        var text = (node as ScalarNode)?.Text ?? "";
        var found = node switch
        {
            MappingNode => "not a mapping",
            SequenceNode => "not a list",
            ScalarNode { IsNull: true } => "not nothing",
            _ when !MayShow => "not this",
            _ => "not " + ErrorText.Quote(text) + (PlainOnly ? " (and without quotes)" : ""),
        };
        errors.Add(node.Position, path, $"Expected {Expected}, {found}.", Remedy(text));
        value = default!;
        return false;
    }

    public string Remedy(string text)
    {
        if (Words.Count == 0)
        {
            return $"Write it like {Example}.";
        }

        var all = "Use one of: " + string.Join(", ", Words) + ".";
        return NearestName.Find(text, Words) is { } nearest ? $"Did you mean '{nearest}'? {all}" : all;
    }
}

/// <summary>Reads a value from its text; false when it isn't one.</summary>
public delegate bool TryRead<T>(string text, out T value);

/// <summary>A closed list of words as the format of a field.</summary>
public static class WordFormats
{
    extension<T>(WordList<T> list)
        where T : struct, Enum
    {
        public FieldFormat<T> Format => new(list.Noun, list.Words[0], list.TryParse, list.Text) { Words = list.Words };
    }
}
