using System.Collections.Concurrent;
using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Snapshots;

/// <summary>
/// The governance that the journal's decisions were made by, one file a revision beside the tenants' logs:
/// <c>_snapshots/&lt;revision&gt;.yaml</c>. A file is written
/// once and never changed. Thread-safe.
/// </summary>
/// <param name="root">The journal's root.</param>
public sealed class KeptSnapshots(string root)
{
    /// <summary>No tenant can have this name: the first of a name is a letter or a digit.</summary>
    public const string FolderName = "_snapshots";

    /// <value>Bytes. What is longer isn't read to its end, and so is another revision.</value>
    private const int MaxLength = 256 << 20;

    private readonly string _folder = Path.Combine(Path.GetFullPath(root), FolderName);
    private readonly ConcurrentDictionary<Sha256Digest, Snapshot?> _read = new();

    // Whether the folder has been there since this began.
    private volatile bool _isThere;

    /// <summary>
    /// The root beside whose logs the governance is kept that a journal, or a part of one, was judged by; null where there is none up to
    /// two folders above.
    /// </summary>
    /// <param name="folder">The root, one tenant's folder, one log's, or that of the kept governance itself.</param>
    public static string? RootOf(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string?[] above = [full, Path.GetDirectoryName(full), Path.GetDirectoryName(Path.GetDirectoryName(full))];
        return Array.Find(above, root => root is not null && Directory.Exists(Path.Combine(root, FolderName)));
    }

    /// <summary>Keeps a revision unless it is kept already; it is on the disk when this returns. Blocks.</summary>
    /// <param name="make">Gives <see cref="GovernanceArchive"/>'s text of it.</param>
    /// <exception cref="IOException">It can't be kept, so nothing may be judged by it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Keep(Sha256Digest revision, Func<byte[]> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        var file = FileOf(revision);
        if (File.Exists(file))
        {
            _isThere = true;
            return;
        }

        if (_isThere && !Directory.Exists(Path.GetDirectoryName(_folder)))
        {
            // Made anew, it would take the place of the journal that comes back.
            throw new DirectoryNotFoundException($"The journal's folder '{Path.GetDirectoryName(_folder)}' is gone.");
        }

        JournalFolder.Make(_folder);
        _isThere = true;
        var draft = Path.Combine(_folder, $".{revision}.{Environment.ProcessId}.new");
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            stream.Write(make());
            FileSync.Flush(stream);
        }

        // Written apart and then named, so that a crash leaves none or a whole one. Another process' is the same.
        File.Move(draft, file, overwrite: true);
        DirectorySync.Flush(_folder);
        DirectorySync.Flush(Path.GetDirectoryName(_folder)!);
    }

    /// <summary>
    /// The governance of a revision, ready to judge by; null where it isn't kept, can't be read, or isn't what its name says.
    /// </summary>
    public Snapshot? Find(Sha256Digest revision) => _read.GetOrAdd(revision, Read);

    private Snapshot? Read(Sha256Digest revision)
    {
        try
        {
            return GovernanceArchive.Read(Encoding.UTF8.GetString(RegularFile.Read(FileOf(revision), MaxLength)), revision);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FileOf(Sha256Digest revision) => Path.Combine(_folder, $"{revision}.yaml");
}
