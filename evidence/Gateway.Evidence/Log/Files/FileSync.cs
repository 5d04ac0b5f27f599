using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Puts what was written to a file on the disk, by fsync(2), and says when that failed. Off Windows the base library's own calls
/// (<c>RandomAccess.FlushToDisk</c>, <c>FileStream.Flush(true)</c>) return as if all were well when the system says that the disk has lost
/// the bytes.
/// </summary>
public static class FileSync
{
    private const int Interrupted = 4;

    /// <exception cref="IOException">It may not be on the disk.</exception>
    public static void Flush(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!OperatingSystem.IsWindows())
        {
            Call(file);
        }

        if (!OperatingSystem.IsLinux())
        {
#pragma warning disable RS0030 // Windows has no fsync(2), and macOS' leaves the bytes in the drive's own memory.
            RandomAccess.FlushToDisk(file);
#pragma warning restore RS0030
        }
    }

    /// <summary>The same, with what the stream has in memory.</summary>
    /// <exception cref="IOException">It may not be on the disk.</exception>
    public static void Flush(FileStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Flush();
        Flush(stream.SafeFileHandle);
    }

    private static void Call(SafeFileHandle file)
    {
        while (Sync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException($"A file can't be put on the disk: {Marshal.GetPInvokeErrorMessage(error)} (error {error}).", error);
            }
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle file);
}
