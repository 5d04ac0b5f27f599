using Gateway.Proxy.Tests.Faults;

namespace Gateway.Proxy.Tests.Running;

/// <summary>All files of a running gateway, but for its locks, as they are at some moment.</summary>
internal static class WholeFolder
{
    public static async Task<IReadOnlyList<(string Path, byte[] Bytes)>> ReadAsync(string folder)
    {
        var files = new List<(string, byte[])>();
        await Waiting.ForAsync(
            "each file was there until it was read",
            async () =>
            {
                files.Clear();
                try
                {
                    foreach (
                        var path in Directory
                            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                            .Where(f => !IsLock(Path.GetFileName(f)))
                    )
                    {
                        files.Add((path, await ReadFileAsync(path)));
                    }

                    return true;
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    return false; // It got its final name, or was removed: what it held may stand in one that was read before.
                }
            }
        );
        return files;
    }

    /// <summary>Nobody else may open one while it is held.</summary>
    private static bool IsLock(string name) => name is "lock" or "shipping" || name.EndsWith(".recording", StringComparison.Ordinal);

    private static async Task<byte[]> ReadFileAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
