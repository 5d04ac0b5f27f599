using System.Runtime.InteropServices;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Puts everything that was written to a folder's file system on the disk: one call where there are hundreds of small files, each with its
/// name to be synced too. On systems without syncfs(2) the files themselves are synced when they are written.
/// </summary>
internal static class FileSystemSync
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">It couldn't be synced.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnlyCloseOnExec);
        var failed = descriptor < 0 || Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (failed)
        {
            throw new IOException($"The file system of '{folder}' can't be synced: error {error}.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
