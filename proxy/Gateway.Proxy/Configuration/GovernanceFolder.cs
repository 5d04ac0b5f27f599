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
    /// <exception cref="IOException">The folder can't be read, or there is no file in it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public FolderLook? Look(bool thorough)
    {
        var stamps = GovernanceFiles.Stamps(path);
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var (seen, changed, unread) = Read(stamps, thorough);
            var isNews = changed.Length + unread.Length > 0;
            var after = !isNews && !thorough ? stamps : GovernanceFiles.Stamps(path);
            if (after.SequenceEqual(stamps))
            {
                var isSame = !isNews && seen.Count == _seen.Count;
                _seen = seen;
                return isSame ? null : new FolderLook([.. stamps.Select(stamp => stamp.Name)], changed, unread);
            }

            stamps = after;
        }

        throw new IOException($"The documents in '{path}' changed each time that they were read. Leave them as they are for a moment.");
    }

    /// <summary>Forgets what was seen: the next look gives everything.</summary>
    public void Forget() => _seen = [];

    private (Dictionary<string, SeenFile> Seen, SourceFile[] Changed, UnreadFile[] Unread) Read(
        IReadOnlyList<FileStamp> stamps,
        bool thorough
    )
    {
        var seen = new Dictionary<string, SeenFile>(stamps.Count);
        var (changed, unread) = (new List<SourceFile>(), new List<UnreadFile>());
        foreach (var stamp in stamps)
        {
            var known = _seen.TryGetValue(stamp.Name, out var before);
            if (known && before.Stamp == stamp && before.IsRead && !thorough)
            {
                seen.Add(stamp.Name, before);
                continue;
            }

            var isRead = GovernanceFiles.TryRead(path, stamp, out var text);
            var digest = Sha256Digest.Compute(MemoryMarshal.AsBytes(text.AsSpan()));
            seen.Add(stamp.Name, new SeenFile(stamp, digest, isRead));
            if (known && before.Digest == digest && before.IsRead == isRead)
            {
                continue;
            }

            if (isRead)
            {
                changed.Add(new SourceFile(stamp.Name, text));
            }
            else
            {
                unread.Add(new UnreadFile(stamp.Name, text));
            }
        }

        return (seen, [.. changed], [.. unread]);
    }

    private readonly record struct SeenFile(FileStamp Stamp, Sha256Digest Digest, bool IsRead);
}

/// <summary>What is in the governance folder.</summary>
/// <param name="Names">All files, in order.</param>
/// <param name="Changed">Those that are new or other than they were.</param>
/// <param name="Unread">Those that can't be read, and could be or weren't there before.</param>
internal sealed record FolderLook(IReadOnlyList<string> Names, IReadOnlyList<SourceFile> Changed, IReadOnlyList<UnreadFile> Unread);

/// <param name="Problem">What is wrong with it, and what to do.</param>
internal sealed record UnreadFile(string Name, string Problem)
{
    public override string ToString() => $"'{Name}' {Problem}";
}
