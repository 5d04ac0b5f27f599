using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log;

/// <summary>
/// One log's folder, locked for this process: <c>log.json</c>, <c>lock</c> and the segments. A file system on which no lock holds can't be
/// used.
/// </summary>
internal sealed class LogFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private LogFolder(string path, LogDescription description, FileStream @lock)
    {
        (Path, Description, _lock) = (path, description, @lock);
    }

    public string Path { get; }

    public LogDescription Description { get; }

    /// <summary>Takes the first log of the tenant's that no other process has open; begins a new one where there is none.</summary>
    /// <param name="closed">Whether only one that was closed in good order will do.</param>
    /// <exception cref="JournalCorruptException">The log that is free has no proper description.</exception>
    /// <exception cref="IOException">The folder can't be used.</exception>
    public static LogFolder Take(string root, string tenant, bool closed = false)
    {
        var home = JournalFolder.Make(System.IO.Path.Combine(System.IO.Path.GetFullPath(root), tenant));
        var folders = Directory.GetDirectories(home);
        Array.Sort(folders, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (!LogId.TryParse(System.IO.Path.GetFileName(folder), out var id) || TryLock(folder) is not { } held)
            {
                continue;
            }

            if (!closed || File.Exists(System.IO.Path.Combine(folder, ClosingMark.FileName)))
            {
                return Open(folder, new LogDescription(id, tenant), held);
            }

            held.Dispose();
        }

        return Create(home, tenant);
    }

    public void Dispose() => _lock.Dispose();

    private static LogFolder Create(string home, string tenant)
    {
        var id = LogId.Create();
        var folder = JournalFolder.Make(System.IO.Path.Combine(home, id.ToString()));
        var held = TryLock(folder) ?? throw new IOException($"The new log '{folder}' was taken by another process.");
        return Open(folder, new LogDescription(id, tenant), held);
    }

    private static LogFolder Open(string folder, LogDescription expected, FileStream held)
    {
        try
        {
            Describe(folder, expected);
            return new LogFolder(folder, expected, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static void Describe(string folder, LogDescription expected)
    {
        var file = System.IO.Path.Combine(folder, LogDescription.FileName);
        if (!File.Exists(file) && SegmentName.List(folder).Length == 0)
        {
            // Written apart and then named, so that a crash leaves none or a whole one.
            var draft = file + ".new";
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                stream.Write(expected.ToBytes());
                FileSync.Flush(stream);
            }

            File.Move(draft, file, overwrite: true);
            DirectorySync.Flush(folder);
            var home = System.IO.Path.GetDirectoryName(folder)!;
            DirectorySync.Flush(home);
            DirectorySync.Flush(System.IO.Path.GetDirectoryName(home)!);
        }
        else if (!File.Exists(file) || LogDescription.Read(folder) != expected)
        {
            throw new JournalCorruptException(
                new LogProblem(
                    LogProblemKind.Description,
                    file,
                    0,
                    null,
                    $"It should describe log {expected.Log} of '{expected.Tenant}' and doesn't."
                )
            );
        }
    }

    private static FileStream? TryLock(string folder) => ExclusiveFile.TryOpen(System.IO.Path.Combine(folder, LockName));
}
