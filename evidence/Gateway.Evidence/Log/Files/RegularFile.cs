using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Reads files that somebody else may have put there. A pipe of that name would hold the reader for ever, and a file of any length or a
/// device would fill its memory: none of them is waited for, and no more is read than such a file can have.
/// </summary>
public static class RegularFile
{
    /// <value>O_NONBLOCK and O_CLOEXEC of Linux: without the first, opening a pipe waits for somebody who writes to it.</value>
    private const int ReadAtOnce = 0x800 | 0x80000;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;
    private const int NotAllowed = 13;

    /// <summary>
    /// A file's bytes, as far as they are asked for. Whoever must know whether there are more asks for one more than he takes.
    /// </summary>
    /// <param name="most">Bytes.</param>
    /// <exception cref="IOException">It isn't there, can't be read, or is no file.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static byte[] Read(string path, int most)
    {
        using var file = Open(path);
        var bytes = new byte[Math.Min(LengthOf(file, path), most)];
        var filled = 0;
        for (int read; filled < bytes.Length && (read = RandomAccess.Read(file, bytes.AsSpan(filled), filled)) > 0; )
        {
            filled += read;
        }

        return bytes[..filled];
    }

    /// <summary>Opens a file to be read, also one that is being written.</summary>
    /// <exception cref="IOException">It isn't there, or can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    internal static SafeFileHandle Open(string path)
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

    /// <summary>Bytes of an open file.</summary>
    /// <exception cref="IOException">It is a pipe, and so has no length.</exception>
    internal static long LengthOf(SafeFileHandle file, string path)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException e)
        {
            throw new IOException($"'{path}' is no file.", e);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
