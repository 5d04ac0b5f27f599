using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Files;

/// <summary>Opens a file so that a pipe of its name makes nobody wait: open(2), which the base library can't ask for that.</summary>
internal static class UnblockedOpen
{
    /// <value>O_NONBLOCK and O_CLOEXEC of Linux: without the first, opening a pipe waits for somebody who writes to it.</value>
    private const int ReadAtOnce = 0x800 | 0x80000;

    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;
    private const int NotAllowed = 13;

    /// <summary>Opens a file to be read, also one that is being written.</summary>
    /// <exception cref="IOException">It isn't there, or can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        var file = Open(path, ReadAtOnce);
        if (!file.IsInvalid)
        {
            return file;
        }

        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        var why = $"'{path}' can't be opened: {Marshal.GetPInvokeErrorMessage(error)}.";
        throw error switch
        {
            NoSuchFile => new FileNotFoundException(why, path),
            NotAFolder => new DirectoryNotFoundException(why),
            NotAllowed => new UnauthorizedAccessException(why),
            _ => new IOException(why),
        };
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
