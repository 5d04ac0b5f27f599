using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// A governance as the text that is kept of it beside what was judged by it: its documents without comments and layout, one a line, in
/// order, each with its kind, tenant and name behind it. Or, where another governance is kept already, only how it differs from that.
/// </summary>
public sealed class GovernanceText
{
    private readonly ReadDocument[] _documents;

    internal GovernanceText(DocumentSet set) => (Revision, _documents) = (set.Snapshot.Revision, set.InOrder);

    public Sha256Digest Revision { get; }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="InvalidOperationException">It was forgotten, or never asked for.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var document in _documents)
        {
            Write(stream, document);
        }
    }

    /// <summary>Writes how it differs from another one. Gives by how many documents.</summary>
    /// <param name="other">One that is kept. It may be forgotten.</param>
    /// <exception cref="InvalidOperationException">What differs was forgotten, or never asked for.</exception>
    public int WriteChange(Stream stream, GovernanceText other)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(other);
        stream.Write(ArchiveLine.From(other.Revision));
        var (gone, changed) = Compare(other._documents, _documents);
        foreach (var document in gone)
        {
            stream.Write(ArchiveLine.Without(document.Governed!));
        }

        foreach (var document in changed)
        {
            Write(stream, document);
        }

        return gone.Count + changed.Count;
    }

    /// <summary>Lets go of what it would write, once it is kept.</summary>
    public void Forget()
    {
        foreach (var document in _documents)
        {
            document.Text = null;
        }
    }

    private static void Write(Stream stream, ReadDocument document) =>
        ArchiveLine.Write(
            stream,
            document.Text ?? throw new InvalidOperationException($"The text of '{document.Governed!.Name}' is gone."),
            document.Governed!
        );

    private static (List<ReadDocument> Gone, List<ReadDocument> Changed) Compare(ReadDocument[] before, ReadDocument[] after)
    {
        var (gone, changed) = (new List<ReadDocument>(), new List<ReadDocument>());
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            var order =
                i == before.Length ? 1
                : j == after.Length ? -1
                : ReferenceEquals(before[i], after[j]) ? 0
                : MergedDocuments.Compare(before[i], after[j]);
            if (order < 0)
            {
                gone.Add(before[i++]);
                continue;
            }

            if (order > 0 || before[i].Governed!.Digest != after[j].Governed!.Digest)
            {
                changed.Add(after[j]);
            }

            i += order == 0 ? 1 : 0;
            j++;
        }

        return (gone, changed);
    }
}
