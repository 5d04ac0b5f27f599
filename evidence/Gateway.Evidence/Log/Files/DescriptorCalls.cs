using System.Runtime.InteropServices;

namespace Gateway.Evidence.Log.Files;

/// <summary>Calls of the system on descriptors, for what the base library has no handle of.</summary>
internal static class DescriptorCalls
{
    /// <value>O_CLOEXEC of Linux; to read is 0.</value>
    public const int ReadOnlyCloseOnExec = 0x80000;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static extern int SyncFile(int descriptor);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    public static extern int SyncFileSystem(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    public static extern int Close(int descriptor);
}
