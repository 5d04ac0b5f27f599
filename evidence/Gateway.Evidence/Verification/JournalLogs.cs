using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Verification;

/// <summary>Finds the logs of a journal.</summary>
internal static class JournalLogs
{
    /// <summary>
    /// The logs in a folder and up to two folders below, each with the tenant that it must be of; null where the folder doesn't say. One
    /// above others hides none of them: a description can be put anywhere.
    /// </summary>
    public static IEnumerable<(string Log, string? Tenant)> Find(string folder)
    {
        var below = Folders(folder)
            .SelectMany(child => Folders(child).Prepend(child))
            .Where(IsLog)
            .Select(log => (log, (string?)Path.GetFileName(Path.GetDirectoryName(log))));
        return IsLog(folder) ? below.Prepend((folder, null)) : below;
    }

    private static bool IsLog(string folder) =>
        File.Exists(Path.Combine(folder, LogDescription.FileName)) || Directory.EnumerateFiles(folder, SegmentName.Pattern).Any();

    private static string[] Folders(string folder)
    {
        var folders = Directory.GetDirectories(folder);
        Array.Sort(folders, StringComparer.Ordinal);
        return folders;
    }
}
