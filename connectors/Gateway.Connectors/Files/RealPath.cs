namespace Gateway.Connectors.Files;

/// <summary>Where a path leads when every symbolic link on the way, not just the last one, is followed.</summary>
internal static class RealPath
{
    /// <value>Links followed before giving up: Linux' own limit (path_resolution(7)).</value>
    private const int MaxLinks = 40;

    /// <exception cref="IOException">The links go round in a circle, or a part of the path can't be read.</exception>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var reached = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        Push(ahead, full[reached.Length..]);
        for (var links = 0; ahead.TryPop(out var part); )
        {
            if (part == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? reached;
                continue;
            }

            var next = Path.Combine(reached, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                reached = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"'{path}' has more than {MaxLinks} symbolic links on its way.");
            }

            var root = Path.GetPathRoot(target) ?? "";
            reached = root.Length > 0 ? root : reached;
            Push(ahead, target[root.Length..]);
        }

        return reached;
    }

    /// <summary>Whether a resolved path lies below a resolved folder.</summary>
    public static bool IsBelow(string folder, string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> ahead, string relative)
    {
        var parts = relative.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] != ".")
            {
                ahead.Push(parts[i]);
            }
        }
    }
}
