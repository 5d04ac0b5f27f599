using System.Text;
using Gateway.Policy.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gateway.Policy.Documents;

/// <summary>
/// Reads one file of YAML into nodes with positions. Refuses what can be read in two ways or can grow: anchors, aliases, tags,
/// duplicate keys, keys that aren't text, deep nesting, halves of surrogate pairs.
/// </summary>
public sealed class NodeReader
{
    /// <summary>The deepest nesting of mappings and sequences.</summary>
    public const int MaxDepth = 32;

    private readonly string _file;
    private readonly ErrorList _errors;
    private readonly Parser _parser;
    private readonly SharedTexts _texts = SharedTexts.OfThread;
    private readonly int _above;

    /// <param name="above">Lines of the file that stand above the text.</param>
    private NodeReader(string file, string text, int above, ErrorList errors)
    {
        _file = file;
        _errors = errors;
        _above = above;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The file's documents as far as they can be read; a fault of syntax or too deep a nesting ends the file.</summary>
    /// <param name="most">Documents to read at most; one more is an error.</param>
    public static IReadOnlyList<Node> Read(SourceFile file, int most, ErrorList errors)
    {
        var documents = new List<Node>();
        if (!DamagedFile.IsWhole(file, errors))
        {
            return documents;
        }

        new NodeReader(file.Name, file.Text, 0, errors).ReadInto(documents, most);
        return documents;
    }

    /// <summary>
    /// The documents of a part of a file, as if the whole was read; null where there is a fault of syntax, which shows what it is only when
    /// the whole is read. The file was found to be whole.
    /// </summary>
    internal static IReadOnlyList<Node>? ReadPart(SourceFile file, TextPart part, ErrorList errors)
    {
        var documents = new List<Node>(1);
        try
        {
            var text = file.Text.Substring(part.Start, part.Length);
            new NodeReader(file.Name, text, part.Line - 1, errors).ReadAll(documents, int.MaxValue);
            return documents;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private void ReadInto(List<Node> documents, int most)
    {
        try
        {
            ReadAll(documents, most);
        }
        catch (YamlException e)
        {
            _errors.Add(At(e.Start), "", "This can't be read as YAML: " + e.Message, "Correct it; what follows in the file was not read.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser is somebody else's and the text anybody's: whatever it trips over is a fault of the text, never a crash here.
            _errors.Add(
                At(_parser.Current?.Start ?? Mark.Empty),
                "",
                "This can't be read as YAML.",
                "Correct it near here; what follows in the file was not read."
            );
        }
    }

    private void ReadAll(List<Node> documents, int most)
    {
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart start)
            {
                continue;
            }

            if (documents.Count >= most)
            {
                _errors.Add(At(start.Start), "", "There are too many documents.", "Remove some: all files together may hold 1,000,000.");
                return;
            }

            _parser.MoveNext();
            documents.Add(ReadNode(0));
        }
    }

    private Node ReadNode(int depth)
    {
        var current = _parser.Current!;
        var position = At(current.Start);
        RefuseProperties(current, position);
        return current switch
        {
            Scalar scalar => ReadScalar(scalar, position),
            // Not skipped but the end of the file: the parser takes time with the square of the depth.
            SequenceStart or MappingStart when depth >= MaxDepth => throw new YamlException(
                current.Start,
                current.End,
                $"The nesting is deeper than {MaxDepth}."
            ),
            SequenceStart => ReadSequence(position, depth),
            // Of a pair in brackets, [a: b], the parser says no place: its key's is its own.
            MappingStart => ReadMapping(depth > 0 && current.Start.Index == 0 ? null : position, depth),
            _ => new ScalarNode("", Plain: false, position), // An alias: refused above.
        };
    }

    private ScalarNode ReadScalar(Scalar scalar, SourcePosition position)
    {
        if (!IsUnicode(scalar.Value))
        {
            _errors.Add(position, "", "The text holds half of a surrogate pair.", "Write the whole character.");
            return new ScalarNode("", Plain: false, position);
        }

        return new ScalarNode(_texts.Share(scalar.Value), scalar.Style == ScalarStyle.Plain, position);
    }

    private SequenceNode ReadSequence(SourcePosition position, int depth)
    {
        var items = new List<Node>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SequenceNode(items, position);
    }

    /// <param name="position">Null for that of its first field.</param>
    private MappingNode ReadMapping(SourcePosition? position, int depth)
    {
        var entries = new Dictionary<string, MappingEntry>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            position ??= key.Position;
            _parser.MoveNext();
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode name)
            {
                _errors.Add(key.Position, "", "A field's name must be text.", "Write name: value.");
            }
            else if (!entries.TryAdd(name.Text, new MappingEntry(value, name.Position)))
            {
                var first = entries[name.Text].Position;
                _errors.Add(
                    name.Position,
                    "",
                    $"The field {ErrorText.Quote(name.Text)} is here twice.",
                    $"Keep one; the first is in line {first.Line}."
                );
            }
        }

        return new MappingNode(entries, position ?? At(Mark.Empty));
    }

    private void RefuseProperties(ParsingEvent current, SourcePosition position)
    {
        // Anchors and aliases let a small file grow without bound; a tag asks for a type that only the field may choose.
        if (current is AnchorAlias)
        {
            _errors.Add(position, "", "Aliases (*name) are not allowed.", "Write the value out.");
        }
        else if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            _errors.Add(position, "", "Anchors (&name) are not allowed.", "Remove it, and write the value out wherever it is needed.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            _errors.Add(position, "", "Tags (!name) are not allowed.", "Remove it: the field decides the type.");
        }
    }

    private SourcePosition At(Mark mark) =>
        new(_file, (int)Math.Min(_above + mark.Line, int.MaxValue), (int)Math.Min(mark.Column, int.MaxValue));

    private static bool IsUnicode(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}
