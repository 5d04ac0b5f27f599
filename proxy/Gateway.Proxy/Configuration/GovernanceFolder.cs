using System.Runtime.InteropServices;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The governance folder, and what was seen of it: only what looks changed is read, and only what changed is given. Not thread-safe.
/// </summary>
internal sealed class GovernanceFolder(string path)
{
    /// <value>Readings before giving up, where something goes on changing the documents.</value>
    private const int MostReadings = 5;

    private Dictionary<string, SeenFile> _seen = [];

    /// <summary>
    /// What changed since the last look, as it was at one moment: of a change that is made meanwhile neither a part is taken, nor a
    /// document missed that moved from one file to another. Null where nothing did.
    /// </summary>
    /// <param name="thorough">Also reads files that look as they did: one can be written within the resolution of its time.</param>
    /// <exception cref="IOException">The folder or a file can't be read or isn't UTF-8, or there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public FolderLook? Look(bool thorough)
    {
        var stamps = GovernanceFiles.Stamps(path);
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var (seen, changed) = Read(stamps, thorough);
            var after = changed.Length == 0 && !thorough ? stamps : GovernanceFiles.Stamps(path);
            if (after.SequenceEqual(stamps))
            {
                var isSame = changed.Length == 0 && seen.Count == _seen.Count;
                _seen = seen;
                return isSame ? null : new FolderLook([.. stamps.Select(stamp => stamp.Name)], changed);
            }

            stamps = after;
        }

        throw new IOException($"The documents in '{path}' changed each time that they were read. Leave them as they are for a moment.");
    }

    /// <summary>Forgets what was seen: the next look gives everything.</summary>
    public void Forget() => _seen = [];

    private (Dictionary<string, SeenFile> Seen, SourceFile[] Changed) Read(IReadOnlyList<FileStamp> stamps, bool thorough)
    {
        var seen = new Dictionary<string, SeenFile>(stamps.Count);
        var changed = new List<SourceFile>();
        foreach (var stamp in stamps)
        {
            var known = _seen.TryGetValue(stamp.Name, out var before);
            if (known && before.Stamp == stamp && !thorough)
            {
                seen.Add(stamp.Name, before);
                continue;
            }

            var text = GovernanceFiles.ReadText(path, stamp.Name);
            var digest = Sha256Digest.Compute(MemoryMarshal.AsBytes(text.AsSpan()));
            seen.Add(stamp.Name, new SeenFile(stamp, digest));
            if (!known || before.Digest != digest)
            {
                changed.Add(new SourceFile(stamp.Name, text));
            }
        }

        return (seen, [.. changed]);
    }

    private readonly record struct SeenFile(FileStamp Stamp, Sha256Digest Digest);
}

/// <summary>What is in the governance folder.</summary>
/// <param name="Names">All files, in order.</param>
/// <param name="Changed">Those that are new or other than they were.</param>
internal sealed record FolderLook(IReadOnlyList<string> Names, IReadOnlyList<SourceFile> Changed);
