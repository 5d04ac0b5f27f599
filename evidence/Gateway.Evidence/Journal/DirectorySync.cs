using System.Runtime.InteropServices;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Makes a new file's name as durable as its content: fsync(2) of a file doesn't cover the directory that names it. The base library can't
/// open a directory, so this calls the system.
/// </summary>
public static class DirectorySync
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">The directory couldn't be synced.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, OperatingSystem.IsLinux() ? ReadOnlyCloseOnExec : 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder '{folder}' can't be opened to sync it: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw new IOException($"The folder '{folder}' can't be synced: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
