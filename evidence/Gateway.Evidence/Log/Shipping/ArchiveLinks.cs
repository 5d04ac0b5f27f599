using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>Links below an archive: what is read through one may be the journal itself, and no copy of it.</summary>
internal static class ArchiveLinks
{
    /// <summary>What is wrong with the first one on the way to a log, or to one of its segments; null for none.</summary>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static string? WhyNot(string archive, LogDescription log, string? segment = null)
    {
        var folder = ArchivedLog.FolderOf(archive, log);
        string[] way =
        [
            Path.Combine(archive, log.Tenant),
            folder,
            Path.Combine(folder, "tile"),
            Path.Combine(archive, "_snapshots"),
            .. segment is null ? [] : (string[])[segment],
        ];
        return way.FirstOrDefault(path => new FileInfo(path).LinkTarget is not null) is { } link
            ? $"'{link}' in the archive is a link: put a folder or file of its own there, or the copy may be the journal itself."
            : null;
    }
}
