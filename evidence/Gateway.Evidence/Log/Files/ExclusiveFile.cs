namespace Gateway.Evidence.Log.Files;

/// <summary>
/// A file that one opener at a time has, in all processes. The lock is the system's, flock(2) off Windows, and goes with the process,
/// however it ends. .NET takes it where it can and says nothing where it can't: so it is tried whether the lock holds. Two writers of one
/// log would end its chain.
/// </summary>
public static class ExclusiveFile
{
    /// <summary>EAGAIN of Linux and of macOS, and Windows' sharing violation: what an open says when the lock is held.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Null where another has it.</summary>
    /// <exception cref="IOException">It can't be opened, or locks don't hold there.</exception>
    public static FileStream? TryOpen(string file)
    {
        var held = TryTake(file);
        if (held is null || TryTake(file) is not { } second)
        {
            return held;
        }

        second.Dispose();
        held.Dispose();
        throw new IOException(
            $"The lock '{file}' doesn't hold: its file system must have flock(2), "
                + "and neither DOTNET_SYSTEM_IO_DISABLEFILELOCKING nor System.IO.DisableFileLocking may be set."
        );
    }

    private static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            return null;
        }
    }
}
