using System.Collections.Concurrent;
using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Snapshots;

/// <summary>
/// The governance that the journal's decisions were made by, one file a revision beside the tenants' logs:
/// <c>_snapshots/&lt;revision&gt;.yaml</c>. What a file says never changes. Thread-safe.
/// </summary>
/// <param name="root">The journal's root.</param>
public sealed class KeptSnapshots(string root)
{
    /// <summary>No tenant can have this name: the first of a name is a letter or a digit.</summary>
    public const string FolderName = "_snapshots";

    /// <value>Bytes. What is longer isn't read to its end, and so is another revision.</value>
    private const int MaxLength = 256 << 20;

    /// <value>Documents. What differs by more is what the next are told from.</value>
    private const int MostChanges = 256;

    /// <value>Texts. Over two million changes within one run of the process.</value>
    private const int LongestChain = 10_000;

    private const int BufferLength = 1 << 16;
    private const int FirstLine = 128;

    private readonly string _folder = Path.Combine(Path.GetFullPath(root), FolderName);
    private readonly ConcurrentDictionary<Sha256Digest, Snapshot?> _read = new();

    private readonly Lock _keeping = new();

    // By tenant: what one changes leans on nothing of another's.
    private readonly Dictionary<Id<Tenant>, GovernanceText> _bases = [];

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

    /// <summary>
    /// Keeps a governance unless it is kept already; it is on the disk when this returns. The first is kept whole, and what follows as how
    /// it differs from one before: where there are many documents, writing all of them again would take longer than anything else.
    /// Blocks.
    /// </summary>
    /// <exception cref="IOException">It can't be kept, so nothing may be judged by it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Keep(CompiledGovernance governance)
    {
        ArgumentNullException.ThrowIfNull(governance);
        lock (_keeping)
        {
            var tenant = governance.Snapshot.Tenants is [var only] ? only : default;
            if (Keep(tenant, governance.Text) > MostChanges)
            {
                Lean(tenant, governance.Text);
            }

            if (governance.ShadowText is { } shadow)
            {
                Keep(tenant, shadow);
            }
        }
    }

    /// <summary>Gives by how many documents it differs from the text that others lean on; 0 where it was kept already.</summary>
    private int Keep(Id<Tenant> tenant, GovernanceText text)
    {
        var isKept = File.Exists(FileOf(text.Revision));
        if (_bases.GetValueOrDefault(tenant) is not { } other)
        {
            // Whole from here on, so that what leans on each other is never longer than one run of the process.
            if (!isKept || LeansOf(text.Revision) is not null)
            {
                Write(text.Revision, text.Write);
            }

            _isThere = true;
            Lean(tenant, text);
            return 0;
        }

        if (isKept)
        {
            return 0;
        }

        if (!File.Exists(FileOf(other.Revision)))
        {
            throw new FileNotFoundException(
                $"The governance {other.Revision}, from which what follows is told, is gone from '{_folder}'. Bring it back, or start "
                    + "again."
            );
        }

        var changes = 0;
        Write(text.Revision, stream => changes = text.WriteChange(stream, other));
        return changes;
    }

    /// <summary>What follows is kept as how it differs from this.</summary>
    private void Lean(Id<Tenant> tenant, GovernanceText text)
    {
        _bases[tenant] = text;
        text.Forget();
    }

    private void Write(Sha256Digest revision, Action<Stream> write)
    {
        if (_isThere && !Directory.Exists(Path.GetDirectoryName(_folder)))
        {
            // Made anew, it would take the place of the journal that comes back.
            throw new DirectoryNotFoundException($"The journal's folder '{Path.GetDirectoryName(_folder)}' is gone.");
        }

        JournalFolder.Make(_folder);
        _isThere = true;
        var draft = Path.Combine(_folder, $".{revision}.{Environment.ProcessId}.new");
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.Read, BufferLength))
        {
            write(stream);
            stream.Flush();
            FileSync.Flush(stream);
        }

        // Written apart and then named, so that a crash leaves none or a whole one. Another process' says the same.
        File.Move(draft, FileOf(revision), overwrite: true);
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
            return GovernanceArchive.Read(Texts(revision), revision);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The text of a revision, and before it each that it leans on, down to a whole one.</summary>
    private List<string> Texts(Sha256Digest revision)
    {
        var texts = new List<string>();
        for (Sha256Digest? next = revision; next is { } one; next = GovernanceArchive.FromOf(texts[0]))
        {
            if (texts.Count == LongestChain)
            {
                throw new IOException($"The governance {revision} leans on more others than are ever written.");
            }

            texts.Insert(0, Encoding.UTF8.GetString(RegularFile.Read(FileOf(one), MaxLength)));
        }

        return texts;
    }

    /// <summary>What a kept text leans on; null for a whole one.</summary>
    private Sha256Digest? LeansOf(Sha256Digest revision) =>
        GovernanceArchive.FromOf(Encoding.UTF8.GetString(RegularFile.Read(FileOf(revision), FirstLine)));

    private string FileOf(Sha256Digest revision) => Path.Combine(_folder, $"{revision}.yaml");
}
