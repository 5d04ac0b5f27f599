namespace Gateway.Cli.Gating;

/// <summary>
/// The lock of a state file: a file beside it that only one process can make. One that its holder left behind is taken over after 15 s.
/// Whoever lost it in the meantime finds out before it writes.
/// </summary>
internal sealed class LimitLock : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private readonly string _path;
    private readonly byte[] _mark;

    private LimitLock(string path, byte[] mark) => (_path, _mark) = (path, mark);

    /// <exception cref="IOException">Others held it for 3 s.</exception>
    public static async Task<LimitLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ; )
        {
            var mark = LimitLockFile.Mark(time.GetUtcNow());
            if (LimitLockFile.TryMake(path, mark))
            {
                return new LimitLock(path, mark);
            }

            LimitLockFile.RemoveStale(path, time.GetUtcNow());
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
}
