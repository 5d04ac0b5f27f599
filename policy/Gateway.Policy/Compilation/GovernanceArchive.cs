using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// Compiles kept texts again (<see cref="GovernanceText"/>), so that whoever has them needs to trust nobody: what comes of them has the
/// revision that they are kept as, or isn't used.
/// </summary>
public static class GovernanceArchive
{
    /// <summary>The revision whose text is needed too, to read one that says only how it differs from it; null for none.</summary>
    public static Sha256Digest? FromOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ArchiveLine.FromOf(text);
    }

    /// <summary>
    /// Compiles an archived text. Null where it isn't the governance of that revision: a line was changed, or it was made for another
    /// version of Gateway.
    /// </summary>
    public static Snapshot? Read(string text, Sha256Digest revision) => Read([text], revision);

    /// <param name="texts">A whole one, and each that follows says how it differs from the one before.</param>
    public static Snapshot? Read(IReadOnlyList<string> texts, Sha256Digest revision)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (Lines(texts) is not { } lines)
        {
            return null;
        }

        var number = 0;
        SourceFile[] files = [.. lines.Select(line => new SourceFile($"line {++number}", line))];
        return SnapshotCompiler.Compile(files, wereInForce: true).Value is { } snapshot && snapshot.Revision == revision ? snapshot : null;
    }

    /// <summary>The documents of the last; null where it can't be told what they are.</summary>
    private static IEnumerable<string>? Lines(IReadOnlyList<string> texts)
    {
        if (texts.Count == 1)
        {
            return LinesOf(texts[0]);
        }

        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in texts.SelectMany((text, i) => LinesOf(text).Skip(i == 0 ? 0 : 1)))
        {
            if (ArchiveLine.WithoutOf(line) is { } gone)
            {
                documents.Remove(gone);
            }
            else if (ArchiveLine.NameOf(line) is { } name)
            {
                documents[name] = line;
            }
            else
            {
                return null;
            }
        }

        return documents.Values;
    }

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
