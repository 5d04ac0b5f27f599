using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Reads the governance folder into memory, names relative to it, in a fixed order. What is hidden is passed over: a mounted ConfigMap
/// keeps its versions in hidden folders, and links to the newest one.
/// </summary>
public static class GovernanceFiles
{
    /// <value>Readings before giving up, where something goes on changing the documents.</value>
    private const int MostReadings = 5;

    /// <summary>
    /// All of them as they were at one moment: of a change that is made meanwhile neither a part is taken, nor a document missed that moved
    /// from one file to another.
    /// </summary>
    /// <exception cref="IOException"> The folder or a file can't be read or isn't UTF-8, or there is none: a mount that is late must not
    /// pass for governance without tenants. </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string folder)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var stamp = Stamp(folder);
            SourceFile[] files = [.. Names(folder).Select(name => new SourceFile(name, ReadText(folder, name)))];
            if (Stamp(folder) == stamp)
            {
                return files;
            }
        }

        throw new IOException($"The documents in '{folder}' changed each time that they were read. Leave them as they are for a moment.");
    }

    /// <summary>The files that are read, relative to the folder.</summary>
    /// <exception cref="IOException">The folder can't be read, or there is none.</exception>
    public static IReadOnlyList<string> Names(string folder)
    {
        string[] names = [.. Documents(folder).Select(path => Path.GetRelativePath(folder, path))];
        return names.Length > 0
            ? names
            : throw new IOException($"There is no *.yaml or *.yml in '{folder}'. Put the documents there, or name their folder.");
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

    private static string ReadText(string folder, string name) =>
        SourceFile.TryDecode(File.ReadAllBytes(Path.Combine(folder, name)), out var text)
            ? text
            : throw new IOException($"'{name}' isn't UTF-8. Save it as UTF-8.");

    private static IEnumerable<string> Documents(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => IsYaml(path) && !IsHidden(Path.GetRelativePath(folder, path)))
            .Order(StringComparer.Ordinal);

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    private static bool IsHidden(string path) => path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);
}
