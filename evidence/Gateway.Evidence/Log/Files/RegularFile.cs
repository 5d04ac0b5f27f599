using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Reads files that somebody else may have put there. A pipe of that name would hold the reader for ever, and a file of any length or a
/// device would fill its memory: none of them is waited for, and no more is read than such a file can have.
/// </summary>
public static class RegularFile
{
    /// <summary>
    /// A file's bytes, as far as they are asked for. Whoever must know whether there are more asks for one more than he takes.
    /// </summary>
    /// <param name="most">Bytes.</param>
    /// <exception cref="IOException">It isn't there, can't be read, or is no file.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static byte[] Read(string path, int most)
    {
        using var file = UnblockedOpen.Open(path);
        var bytes = new byte[Math.Min(LengthOf(file, path), most)];
        var filled = 0;
        for (int read; filled < bytes.Length && (read = RandomAccess.Read(file, bytes.AsSpan(filled), filled)) > 0; )
        {
            filled += read;
        }

        return bytes[..filled];
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
}
