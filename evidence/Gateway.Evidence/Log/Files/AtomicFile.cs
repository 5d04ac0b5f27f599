namespace Gateway.Evidence.Log.Files;

/// <summary>Writes a file under another name first, so that whoever finds it finds it whole.</summary>
internal static class AtomicFile
{
    private const string Draft = ".new";

    /// <param name="synced">On the disk before it has its name: then a loss of power leaves the old one or the new one, never a
    /// half.</param>
    /// <param name="log">The log's folder, below which folders are made; it is never made itself, or a journal that comes back would find
    /// its place taken. Null makes none.</param>
    /// <exception cref="IOException">It couldn't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool synced, string? log = null)
    {
        try
        {
            Put(path, content, synced);
        }
        catch (DirectoryNotFoundException) when (Directory.Exists(log))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Put(path, content, synced);
        }
    }

    private static void Put(string path, ReadOnlySpan<byte> content, bool synced)
    {
        var draft = path + Draft;
        using (var file = File.OpenHandle(draft, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            if (synced)
            {
                FileSync.Flush(file);
            }
        }

        File.Move(draft, path, overwrite: true);
    }
}
