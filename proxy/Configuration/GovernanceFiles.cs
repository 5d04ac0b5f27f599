using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>Reads the governance folder into memory, names relative to it, in a fixed order.</summary>
public static class GovernanceFiles
{
    /// <exception cref="IOException">The folder or a file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string folder)
    {
        var files = new List<SourceFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
            {
                files.Add(new SourceFile(Path.GetRelativePath(folder, path), File.ReadAllText(path)));
            }
        }

        return files;
    }
}
