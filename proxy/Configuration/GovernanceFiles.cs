using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Reads the governance folder into memory, names relative to it, in a fixed order. What is hidden is passed over: a mounted ConfigMap keeps
/// its versions in hidden folders, and links to the newest one.
/// </summary>
public static class GovernanceFiles
{
    /// <exception cref="IOException">The folder or a file can't be read, or there is none: a mount that is late must not pass for governance without tenants.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string folder)
    {
        SourceFile[] files = [.. Documents(folder).Select(path => new SourceFile(Path.GetRelativePath(folder, path), File.ReadAllText(path)))];
        return files.Length > 0 ? files : throw new IOException($"There is no *.yaml or *.yml in '{folder}'. Put the documents there, or name their folder.");
    }

    /// <summary>
    /// What tells cheaply that a file came, went or was written: names, sizes and times of the files themselves, behind their links.
    /// </summary>
    public static int Stamp(string folder)
    {
        var stamp = new HashCode();
        foreach (var path in Documents(folder))
        {
            var file = new FileInfo(path);
            var target = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            stamp.Add(path);
            stamp.Add(target.FullName);
            stamp.Add(target.Length);
            stamp.Add(target.LastWriteTimeUtc);
        }

        return stamp.ToHashCode();
    }

    private static IEnumerable<string> Documents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => IsYaml(path) && !IsHidden(Path.GetRelativePath(folder, path)))
        .Order(StringComparer.Ordinal);

    private static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    private static bool IsHidden(string path) => path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);
}
