using System.IO.Enumeration;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Documents;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Reads the governance folder into memory, names relative to it, in a fixed order. What is hidden is passed over: a mounted ConfigMap
/// keeps its versions in hidden folders, and links to the newest one.
/// </summary>
public static class GovernanceFiles
{
    private static readonly EnumerationOptions Beside = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// All of them as they were at one moment: of a change that is made meanwhile neither a part is taken, nor a document missed that moved
    /// from one file to another.
    /// </summary>
    /// <exception cref="IOException"> The folder or a file can't be read or isn't UTF-8, or there is none: a mount that is late must not
    /// pass for governance without tenants. </exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string folder)
    {
        var look = new GovernanceFolder(folder).Look(thorough: true)!;
        return look.Unread.Count == 0 ? look.Changed : throw new IOException(look.Unread[0].ToString());
    }

    /// <summary>The files that are read, relative to the folder.</summary>
    /// <exception cref="IOException">The folder can't be read, or there is none.</exception>
    public static IReadOnlyList<string> Names(string folder) => [.. Stamps(folder).Select(stamp => stamp.Name)];

    /// <summary>What tells cheaply of each file that it came, went or was written, in the order of their names.</summary>
    /// <exception cref="IOException">The folder can't be read, or there is none.</exception>
    internal static IReadOnlyList<FileStamp> Stamps(string folder)
    {
        var root = Path.GetFullPath(folder);
        var folders = new FileSystemEnumerable<string>(root, (ref entry) => entry.ToFullPath(), Beside)
        {
            ShouldIncludePredicate = (ref entry) => entry.IsDirectory && !IsHidden(entry.FileName),
        };
        FileStamp[] stamps = [.. FilesBeside(root, root), .. folders.SelectMany(one => FolderStamps.Of(one, root))];
        Array.Sort(stamps, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return stamps.Length > 0
            ? stamps
            : throw new IOException($"There is no *.yaml or *.yml in '{folder}'. Put the documents there, or name their folder.");
    }

    /// <summary>Those of one folder, without what is below it.</summary>
    internal static IEnumerable<FileStamp> FilesBeside(string folder, string root) =>
        new FileSystemEnumerable<FileStamp>(folder, (ref entry) => StampOf(ref entry, root), Beside)
        {
            ShouldIncludePredicate = (ref entry) => IsYaml(entry.FileName) && !IsHidden(entry.FileName) && !entry.IsDirectory,
        };

    /// <summary>A file's text; false, with what is wrong, where there is none. No more is read than a file may have.</summary>
    internal static bool TryRead(string folder, FileStamp stamp, out string text)
    {
        text = stamp.Problem;
        if (text.Length > 0)
        {
            return false;
        }

        if (stamp.Length > SourceFile.MaxBytes)
        {
            text = TooLong;
            return false;
        }

        try
        {
            var bytes = RegularFile.Read(Path.Combine(folder, stamp.Name), SourceFile.MaxBytes + 1);
            if (bytes.Length <= SourceFile.MaxBytes && SourceFile.TryDecode(bytes, out text))
            {
                return true;
            }

            text = bytes.Length > SourceFile.MaxBytes ? TooLong : "isn't UTF-8. Save it as UTF-8.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = $"can't be read: {e.Message}";
        }

        return false;
    }

    private static string TooLong => $"is over {SourceFile.MaxBytes / 1024 / 1024} MiB. Split it.";

    /// <summary>Of the file itself, behind its links.</summary>
    private static FileStamp StampOf(ref FileSystemEntry entry, string root)
    {
        var path = entry.ToFullPath();
        var name = Path.GetRelativePath(root, path);
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return new FileStamp(name, "", entry.Length, entry.LastWriteTimeUtc);
        }

        try
        {
            var target = (FileInfo)new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)!;
            return new FileStamp(name, target.FullName, target.Length, target.LastWriteTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidCastException)
        {
            return new FileStamp(name, "", 0, default, $"is a link, and what it leads to can't be read: {e.Message}");
        }
    }

    private static bool IsYaml(ReadOnlySpan<char> name) =>
        name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal);

    internal static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith('.');
}

/// <param name="Name">Relative to the folder.</param>
/// <param name="Target">The file behind a link; empty for none.</param>
/// <param name="Problem">Why it isn't read; empty for one that is.</param>
internal readonly record struct FileStamp(string Name, string Target, long Length, DateTimeOffset Written, string Problem = "");
