using System.IO.Enumeration;
using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Reads the governance folder into memory, names relative to it, in a fixed order. What is hidden is passed over: a mounted ConfigMap
/// keeps its versions in hidden folders, and links to the newest one.
/// </summary>
public static class GovernanceFiles
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// All of them as they were at one moment: of a change that is made meanwhile neither a part is taken, nor a document missed that moved
    /// from one file to another.
    /// </summary>
    /// <exception cref="IOException"> The folder or a file can't be read or isn't UTF-8, or there is none: a mount that is late must not
    /// pass for governance without tenants. </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string folder) => new GovernanceFolder(folder).Look(thorough: true)!.Changed;

    /// <summary>The files that are read, relative to the folder.</summary>
    /// <exception cref="IOException">The folder can't be read, or there is none.</exception>
    public static IReadOnlyList<string> Names(string folder) => [.. Stamps(folder).Select(stamp => stamp.Name)];

    /// <summary>What tells cheaply of each file that it came, went or was written, in the order of their names.</summary>
    /// <exception cref="IOException">The folder can't be read, or there is none.</exception>
    internal static IReadOnlyList<FileStamp> Stamps(string folder)
    {
        var root = Path.GetFullPath(folder);
        FileStamp[] stamps =
        [
            .. new FileSystemEnumerable<FileStamp>(root, (ref entry) => StampOf(ref entry, root), Everything)
            {
                ShouldIncludePredicate = (ref entry) => IsYaml(entry.FileName) && !IsHidden(entry.FileName) && !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => !IsHidden(entry.FileName),
            },
        ];
        Array.Sort(stamps, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return stamps.Length > 0
            ? stamps
            : throw new IOException($"There is no *.yaml or *.yml in '{folder}'. Put the documents there, or name their folder.");
    }

    internal static string ReadText(string folder, string name) =>
        SourceFile.TryDecode(File.ReadAllBytes(Path.Combine(folder, name)), out var text)
            ? text
            : throw new IOException($"'{name}' isn't UTF-8. Save it as UTF-8.");

    /// <summary>Of the file itself, behind its links.</summary>
    private static FileStamp StampOf(ref FileSystemEntry entry, string root)
    {
        var path = entry.ToFullPath();
        var name = Path.GetRelativePath(root, path);
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return new FileStamp(name, "", entry.Length, entry.LastWriteTimeUtc);
        }

        var target = (FileInfo)new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)!;
        return new FileStamp(name, target.FullName, target.Length, target.LastWriteTimeUtc);
    }

    private static bool IsYaml(ReadOnlySpan<char> name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);

    private static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith('.');
}

/// <param name="Name">Relative to the folder.</param>
/// <param name="Target">The file behind a link; empty for none.</param>
internal readonly record struct FileStamp(string Name, string Target, long Length, DateTimeOffset Written);
