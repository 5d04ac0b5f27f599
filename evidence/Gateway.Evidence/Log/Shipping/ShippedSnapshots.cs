namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Ships the governance that decisions were made by: without it no decision of the archive could be derived again. A file is named by the
/// revision that it compiles to, so that one that another instance has put there says the same.
/// </summary>
internal static class ShippedSnapshots
{
    private const string Folder = "_snapshots";
    private const string Pattern = "*.yaml";

    /// <summary>Copies those that the archive lacks. A file leans on older ones: these go first.</summary>
    /// <exception cref="IOException">One can't be read or written.</exception>
    public static void Ship(string root, string archive, ArchiveFiles files, CancellationToken cancellationToken)
    {
        var (here, there) = (Path.Combine(root, Folder), Path.Combine(archive, Folder));
        if (!Directory.Exists(here))
        {
            return;
        }

        var known = Directory.Exists(there) ? Directory.GetFiles(there, Pattern).Select(Path.GetFileName).ToHashSet() : [];
        var missing = new DirectoryInfo(here)
            .GetFiles(Pattern)
            .Where(file => !known.Contains(file.Name))
            .OrderBy(file => file.LastWriteTimeUtc);
        foreach (var file in missing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Put(Path.Combine(there, file.Name), File.ReadAllBytes(file.FullName), files);
        }
    }

    private static void Put(string path, byte[] content, ArchiveFiles files)
    {
        try
        {
            files.Put(path, content);
        }
        catch (IOException)
        {
            File.Delete(path); // Or it would be taken for shipped, by its name.
            throw;
        }
    }
}
