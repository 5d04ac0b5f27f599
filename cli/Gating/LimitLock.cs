using System.Text.Json;

namespace Gateway.Cli.Gating;

/// <summary>
/// The lock of a state file: a file beside it that only one process can make. One that its holder left behind is taken over after 15 s.
/// Whoever lost it in the meantime finds out before it writes.
/// </summary>
internal sealed class LimitLock : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(15);

    private readonly string _path;
    private readonly byte[] _mark;

    private LimitLock(string path, byte[] mark) => (_path, _mark) = (path, mark);

    /// <exception cref="IOException">Others held it for 3 s.</exception>
    public static async Task<LimitLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ; )
        {
            var mark = Mark(time.GetUtcNow());
            if (TryMake(path, mark))
            {
                return new LimitLock(path, mark);
            }

            RemoveStale(path, time.GetUtcNow());
            if (time.GetElapsedTime(start) > Patience)
            {
                throw new IOException($"'{path}' is held by another process. Try again.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <exception cref="IOException">Another process took it over.</exception>
    public void DemandStillHeld()
    {
        if (!File.Exists(_path) || !File.ReadAllBytes(_path).AsSpan().SequenceEqual(_mark))
        {
            throw new IOException($"'{_path}' was taken over by another process. Try again.");
        }
    }

    public ValueTask DisposeAsync()
    {
        if (File.Exists(_path) && File.ReadAllBytes(_path).AsSpan().SequenceEqual(_mark))
        {
            File.Delete(_path);
        }

        return ValueTask.CompletedTask;
    }

    private static byte[] Mark(DateTimeOffset now) =>
        JsonSerializer.SerializeToUtf8Bytes(new { pid = Environment.ProcessId, created_at = now });

    private static bool TryMake(string path, byte[] mark)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(mark);
            return true;
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            return false; // It is there, or was until just now.
        }
    }

    /// <summary>Moved away first: of two that find it stale only one can move it.</summary>
    private static void RemoveStale(string path, DateTimeOffset now)
    {
        try
        {
            if (now - File.GetLastWriteTimeUtc(path) <= Stale)
            {
                return;
            }

            var aside = $"{path}.{Environment.ProcessId}";
            File.Move(path, aside, overwrite: true);
            File.Delete(aside);
        }
        catch (FileNotFoundException)
        {
            // Its holder was done, or another process was faster.
        }
    }
}
