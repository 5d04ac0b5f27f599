using System.Runtime.InteropServices;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// One file as it was read, document by document, so that after a change only what changed is read again. Immutable, but for the documents'
/// texts.
/// </summary>
public sealed class FileReading
{
    /// <summary>The parser's threads share their buffers, so that two at once take longer than one after another.</summary>
    private static readonly Lock Parsing = new();

    private readonly PartReading[] _parts;

    private FileReading(string name, ErrorList faults, PartReading[] parts, IReadOnlyList<ReadDocument> documents) =>
        (Name, Faults, _parts, Documents) = (name, faults, parts, documents);

    public string Name { get; }

    /// <summary>What is wrong with the file's syntax.</summary>
    internal ErrorList Faults { get; }

    /// <summary>In the order of the file, with the nothings between two separators.</summary>
    internal IReadOnlyList<ReadDocument> Documents { get; }

    /// <summary>What is left of a file whose syntax is wrong; empty for one that is whole, or that isn't read.</summary>
    internal string FaultyText { get; private init; } = "";

    /// <summary>A file that can't be read, or mustn't.</summary>
    public static FileReading Unreadable(string name, string problem, string remedy)
    {
        var faults = new ErrorList();
        faults.Add(new SourcePosition(name, 0, 0), "", problem, remedy);
        return new FileReading(name, faults, [], []);
    }

    /// <summary>Reads a file. Never throws for any text; what is wrong is in the result.</summary>
    /// <param name="before">An earlier reading of the file of this name; null for none. It changes how long it takes, and nothing
    /// else.</param>
    /// <param name="keepText">Whether the documents' texts will be kept beside what is judged by them.</param>
    public static FileReading Read(SourceFile file, FileReading? before = null, bool keepText = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new ErrorList();
        if (!DamagedFile.IsWhole(file, faults))
        {
            var text = file.Text.Length > SourceFile.MaxBytes ? "" : file.Text;
            return new FileReading(file.Name, faults, [], []) { FaultyText = text };
        }

        var texts = TextParts.Divide(file.Text);
        var known = before?.Name == file.Name ? before.ByText() : [];
        var parts = new PartReading[texts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var seen = new SeenText(DigestOf(file.Text, texts[i]), texts[i].Line);
            if ((known.GetValueOrDefault(seen) ?? PartReading.Of(seen, file, texts[i], keepText)) is not { } part)
            {
                return Whole(file, keepText);
            }

            parts[i] = part;
        }

        return new FileReading(file.Name, faults, parts, [.. parts.SelectMany(part => part.Documents)]);
    }

    /// <summary>Its syntax is wrong somewhere: where, and what, only the parser knows that sees all of it.</summary>
    private static FileReading Whole(SourceFile file, bool keepText)
    {
        var faults = new ErrorList();
        var documents = NodeReader.Read(file, DocumentReader.MaxDocuments, faults).Select(node => DocumentReader.Read(node, keepText));
        IReadOnlyList<ReadDocument> read = [.. documents];
        return new FileReading(file.Name, faults, [], read) { FaultyText = faults.Count == 0 ? "" : file.Text };
    }

    private static Sha256Digest DigestOf(string text, TextPart part) =>
        Sha256Digest.Compute(MemoryMarshal.AsBytes(text.AsSpan(part.Start, part.Length)));

    private Dictionary<SeenText, PartReading> ByText()
    {
        var parts = new Dictionary<SeenText, PartReading>(_parts.Length);
        foreach (var part in _parts)
        {
            parts[part.Text] = part;
        }

        return parts;
    }

    /// <summary>A text and where it stands: all that what is read of it depends on.</summary>
    private readonly record struct SeenText(Sha256Digest Digest, int Line);

    private sealed record PartReading(SeenText Text, ReadDocument[] Documents)
    {
        /// <summary>
        /// Null where anything is wrong with its syntax, or a text stands for a document: where that ends, and what it makes of what
        /// follows, only the parser knows.
        /// </summary>
        public static PartReading? Of(SeenText seen, SourceFile file, TextPart text, bool keepText)
        {
            var faults = new ErrorList();
            IReadOnlyList<Node>? nodes;
            lock (Parsing)
            {
                nodes = NodeReader.ReadPart(file, text, faults);
            }

            return faults.Count == 0 && nodes is not null && !nodes.Any(node => node is ScalarNode { IsNull: false })
                ? new PartReading(seen, [.. nodes.Select(node => DocumentReader.Read(node, keepText))])
                : null;
        }
    }
}
