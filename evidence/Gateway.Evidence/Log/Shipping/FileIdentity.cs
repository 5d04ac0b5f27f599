using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Which file a name leads to, by statx(2): through a hard link or a bind mount two names can be one file, and whoever removes one of them
/// as a copy of the other removes the only one.
/// </summary>
internal static class FileIdentity
{
    private const int FromHere = -100; // AT_FDCWD
    private const uint Inode = 0x100; // STATX_INO
    private const int Bytes = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>Whether two names are of one file. Where the system can't tell, they are taken for different ones by their names.</summary>
    /// <exception cref="IOException">One can't be looked at.</exception>
    public static bool IsSame(string one, string other) =>
        OperatingSystem.IsLinux() ? Of(one) == Of(other) : Path.GetFullPath(one) == Path.GetFullPath(other);

    private static (ulong Device, ulong Inode) Of(string path)
    {
        var found = new byte[Bytes];
        if (Look(FromHere, path, 0, Inode, found) != 0)
        {
            throw new IOException($"'{path}' can't be looked at: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }

        return (
            BinaryPrimitives.ReadUInt64LittleEndian(found.AsSpan(DeviceAt)),
            BinaryPrimitives.ReadUInt64LittleEndian(found.AsSpan(InodeAt))
        );
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Look(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] found);
}
