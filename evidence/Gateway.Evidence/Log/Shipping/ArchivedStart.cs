using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>Where the beginning of a log is that isn't on its volume any more.</summary>
public static class ArchivedStart
{
    /// <summary>The log's folder in the archive; null where the log is whole here, or the archive never had it.</summary>
    /// <param name="log">The log's folder.</param>
    /// <param name="archive">The archive's; empty for none.</param>
    /// <exception cref="IOException">It can't be told, since the archive isn't there.</exception>
    public static string? Of(string log, string archive)
    {
        if (archive.Length == 0 || SegmentName.List(log) is not [var file, ..] || !SegmentName.TryParse(file, out var first) || first == 0)
        {
            return null;
        }

        if (!Directory.Exists(archive))
        {
            throw new DirectoryNotFoundException(
                $"The archive '{archive}' isn't there, and the first {first} records of '{log}' are in it."
            );
        }

        return
            LogDescription.Find(log) is { } description
            && ArchivedLog.FolderOf(archive, description) is var folder
            && Directory.Exists(folder)
            ? folder
            : null;
    }
}
