namespace Gateway.Connectors.Files;

/// <summary>A lock file, by which processes take turns at one of a tenant's files.</summary>
internal static class TurnLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for the lock, at most so long, and holds it until it is disposed of.</summary>
    /// <exception cref="IOException">Another process holds it for too long, or the folder can't be written. For operators.</exception>
    public static async Task<FileStream> TakeAsync(string file, TimeSpan wait, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                OwnerOnly.CreateFolder(Path.GetDirectoryName(file)!);
                return Open(file);
            }
            catch (IOException e) when (e is not NoLockException && File.Exists(file) && TimeProvider.System.GetElapsedTime(started) < wait)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (Exception e) when (e is IOException and not NoLockException or UnauthorizedAccessException)
            {
                throw new IOException(
                    $"The folder can't be locked by '{file}': another process holds it, or the folder can't be written.",
                    e
                );
            }
        }
    }

    /// <summary>.NET takes the lock where it can and says nothing where it can't: so it is tried whether it holds.</summary>
    /// <exception cref="IOException">Another has it.</exception>
    private static FileStream Open(string file)
    {
        var held = new FileStream(file, OwnerOnly.FileOptions(FileMode.OpenOrCreate, FileShare.None));
        try
        {
            new FileStream(file, OwnerOnly.FileOptions(FileMode.OpenOrCreate, FileShare.None)).Dispose();
        }
        catch (IOException)
        {
            return held;
        }

        held.Dispose();
        throw new NoLockException(
            $"The lock '{file}' doesn't hold: its file system must have flock(2), "
                + "and neither DOTNET_SYSTEM_IO_DISABLEFILELOCKING nor System.IO.DisableFileLocking may be set."
        );
    }

    private sealed class NoLockException(string message) : IOException(message);
}
