using System.Runtime.InteropServices;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Makes a new file's name as durable as its content: fsync(2) of a file doesn't cover the directory that names it. The base library can't
/// open a directory, so this calls the system.
/// </summary>
public static class DirectorySync
{
    /// <exception cref="IOException">The directory couldn't be synced.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            Call(folder, $"The folder '{folder}'", DescriptorCalls.SyncFile);
        }
    }

    /// <summary>
    /// Everything that was written to a folder's file system: one call where there are hundreds of small files, each with its name to be
    /// synced too. On systems without syncfs(2) the files themselves are synced when they are written.
    /// </summary>
    /// <exception cref="IOException">It couldn't be synced.</exception>
    internal static void FlushFileSystem(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            Call(folder, $"The file system of '{folder}'", DescriptorCalls.SyncFileSystem);
        }
    }

    private static void Call(string folder, string what, Func<int, int> sync)
    {
        var descriptor = DescriptorCalls.Open(folder, OperatingSystem.IsLinux() ? DescriptorCalls.ReadOnlyCloseOnExec : 0);
        if (descriptor < 0)
        {
            throw new IOException($"{what} can't be opened to sync it: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (sync(descriptor) != 0)
            {
                throw new IOException($"{what} can't be synced: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = DescriptorCalls.Close(descriptor);
        }
    }
}
