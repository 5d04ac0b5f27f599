namespace Gateway.Proxy.Configuration;

/// <summary>
/// What there is in one of the folders of the governance folder, with all that is below it. Where that is more than one tenant may have,
/// none of it is read: a folder that grows without an end costs the others nothing.
/// </summary>
internal static class FolderStamps
{
    /// <value>Bytes of all its files together. A tenth of a second's reading for each 100,000 agents of usual length.</value>
    public const long MostBytes = 64 << 20;

    public const int MostFiles = 10_000;

    /// <value>Folders in each other. A link that leads back up would be followed for ever.</value>
    public const int MostDepth = 16;

    /// <param name="folder">Its full path.</param>
    /// <param name="root">The governance folder.</param>
    public static IReadOnlyList<FileStamp> Of(string folder, string root)
    {
        var stamps = new List<FileStamp>();
        try
        {
            return Collect(folder, root, stamps) is { } problem ? [Problem(folder, root, problem)] : stamps;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Problem(folder, root, $"can't be read: {e.Message}")];
        }
    }

    /// <summary>Null where it isn't too much.</summary>
    private static string? Collect(string folder, string root, List<FileStamp> stamps)
    {
        var (bytes, folders) = (0L, 0);
        var left = new Stack<(string Path, int Depth)>([(folder, 1)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > MostDepth)
            {
                return $"holds more than {MostDepth} folders in each other. Take the documents out of the innermost.";
            }

            foreach (var stamp in GovernanceFiles.FilesBeside(next.Path, root))
            {
                stamps.Add(stamp);
                bytes += Math.Min(stamp.Length, Policy.Documents.SourceFile.MaxBytes);
                if (stamps.Count > MostFiles || bytes > MostBytes)
                {
                    return $"holds more than {MostFiles:N0} files or {MostBytes / 1024 / 1024} MiB of documents. Remove some.";
                }
            }

            foreach (var path in Directory.EnumerateDirectories(next.Path).Where(one => !GovernanceFiles.IsHidden(Path.GetFileName(one))))
            {
                left.Push((path, next.Depth + 1));
                if (++folders > MostFiles)
                {
                    return $"holds more than {MostFiles:N0} folders. Remove some.";
                }
            }
        }

        return null;
    }

    /// <summary>In the place of all of them, under a name that is in the folder and no file's.</summary>
    private static FileStamp Problem(string folder, string root, string problem) =>
        new(Path.GetRelativePath(root, folder) + Path.DirectorySeparatorChar, "", 0, default, problem);
}
