using System.Security.Cryptography;

namespace Gateway.Connectors.Files;

/// <summary>
/// Files that only their owner may read (mode 0600), written whole or not at all: into a new file beside, synced, then put in
/// place by name. A crash leaves the old content or the new, never a part.
/// </summary>
internal static class ProtectedFile
{
    /// <summary>Replaces the file, or makes it.</summary>
    public static void Replace(string file, ReadOnlySpan<byte> content)
    {
        var beside = WriteBeside(file, content);
        try
        {
            File.Move(beside, file, overwrite: true);
        }
        finally
        {
            File.Delete(beside); // Nothing, where it was moved.
        }
    }

    /// <summary>
    /// Makes the file; false where it is there already. Of many that make it at once, in one process or in several, one succeeds.
    /// </summary>
    /// <exception cref="IOException">It can't be made there.</exception>
    public static bool TryCreate(string file, ReadOnlySpan<byte> content)
    {
        if (File.Exists(file))
        {
            return false;
        }

        var beside = WriteBeside(file, content);
        try
        {
            return ExclusiveName.TryLink(beside, file);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static string WriteBeside(string file, ReadOnlySpan<byte> content)
    {
        // The dot in front: no tenant's name starts with one, so no tenant's file is ever named so.
        var name = $".{Path.GetFileName(file)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        using var stream = new FileStream(beside, OwnerOnly.FileOptions(FileMode.CreateNew, FileShare.None));
        stream.Write(content);
        FileSync.Flush(stream);
        return beside;
    }
}
