using System.Runtime.InteropServices;
using Gateway.Evidence.Log.Files;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Has the system forget what it keeps in memory of a file that is on the disk, by posix_fadvise(2): reading back what was just written
/// would else read the same memory, and prove nothing of the disk. It is advice: where it isn't taken the reading proves less.
/// </summary>
internal static class PageCache
{
    private const int DontNeed = 4;

    /// <exception cref="IOException">The file can't be opened.</exception>
    public static void Forget(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            using var file = UnblockedOpen.Open(path);
            _ = Advise(file, 0, 0, DontNeed);
        }
    }

    [DllImport("libc", EntryPoint = "posix_fadvise64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
}
