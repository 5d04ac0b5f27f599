using System.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Governance as one text that is kept beside the records of what was judged by it: its documents without comments and layout, one a line,
/// in order. It is YAML that compiles to the same revision, so that whoever has it needs to trust nobody.
/// </summary>
public static class GovernanceArchive
{
    private const string Begin = "--- ";

    /// <summary>Of files that compile; the same documents in any order and in any files give the same text.</summary>
    /// <param name="shadow">With the shadow documents in the places that they would take, and not as shadows.</param>
    public static byte[] Write(IReadOnlyList<SourceFile> files, bool shadow)
    {
        ArgumentNullException.ThrowIfNull(files);
        var errors = new ErrorList();
        var nodes = ShadowDocuments
            .Choose(files.SelectMany(file => NodeReader.Read(file, DocumentReader.MaxDocuments, errors)), shadow)
            .Where(node => node is MappingNode)
            .ToList(); // Nothing between two separators is no document.
        if (errors.Count > 0)
        {
            throw new ArgumentException("The files don't compile, so nothing was judged by them.", nameof(files));
        }

        var text = new StringBuilder();
        foreach (var line in nodes.Select(NodeText.Of).Order(StringComparer.Ordinal))
        {
            text.Append(Begin).Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// Compiles an archived text. Null where it isn't the governance of that revision: a line was changed, or it was made for another
    /// version of Gateway.
    /// </summary>
    public static Snapshot? Read(string text, Sha256Digest revision)
    {
        ArgumentNullException.ThrowIfNull(text);
        var number = 0;
        SourceFile[] files =
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new SourceFile($"line {++number}", line)),
        ];
        return SnapshotCompiler.Compile(files).Value is { } snapshot && snapshot.Revision == revision ? snapshot : null;
    }
}
