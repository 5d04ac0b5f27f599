using System.ComponentModel.DataAnnotations;

namespace Gateway.Evidence.Log;

/// <summary>Where and how the journal is kept.</summary>
public sealed class JournalOptions
{
    /// <summary>The folder that holds a folder for each tenant.</summary>
    [Required]
    public string Root { get; set; } = "";

    /// <value> Bytes after which a log goes on in a new file. Default 64 MiB; from 4 KiB to 1 GiB. A record is never split, so that a file
    /// may be one batch longer. </value>
    [Range(4096, 1L << 30)]
    public long SegmentBytes { get; set; } = 64L << 20;

    /// <value>Records that may wait in one log; the next is refused. Default 8,192; from 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int QueueRecords { get; set; } = 8192;

    /// <value>Bytes that may wait in one log. Default 64 MiB; from 1 MiB to 1 GiB.</value>
    [Range(1L << 20, 1L << 30)]
    public long QueueBytes { get; set; } = 64L << 20;

    /// <summary>Less than half a year isn't kept by any setting.</summary>
    internal static readonly TimeSpan LeastRetention = TimeSpan.FromDays(183);

    /// <value> How long a segment is kept behind its sealing. Default and least 183 days; at most 100 years. A change is recorded in the
    /// journal. What is removed stays under the signed heads: its hashes are kept. </value>
    [Range(typeof(TimeSpan), "183.00:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = LeastRetention;

    /// <value>A folder that sealed segments are copied to and read back from, with what proves them: a second volume, or a bucket that is
    /// mounted. It must be there, and may be the same for all instances. Empty: nowhere.</value>
    public string Archive { get; set; } = "";

    /// <value>How long a sealed segment stays on this instance's own disk once <c>Archive</c> holds it; it is read back again just before
    /// it goes. Empty: as long as <c>Retention</c> says.</value>
    public TimeSpan? KeepLocal { get; set; }

    /// <summary>What can't be done as it is set, each with its remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (KeepLocal is not null && Archive.Length == 0)
        {
            yield return "KeepLocal: nothing may leave this disk that isn't in an archive. Set Archive, or leave KeepLocal empty.";
        }

        if (KeepLocal < TimeSpan.Zero)
        {
            yield return $"KeepLocal: '{KeepLocal}' is less than nothing. Write days, hours, minutes and seconds, such as 7.00:00:00.";
        }

        if (Archive.Length > 0 && (IsIn(RealPath(Archive), RealPath(Root)) || IsIn(RealPath(Root), RealPath(Archive))))
        {
            yield return $"Archive: '{Archive}' and the journal in '{Root}' lie in each other. Name a folder elsewhere.";
        }
    }

    /// <summary>Where a folder is when the links on its way are followed: by its name it may seem to lie elsewhere.</summary>
    private static string RealPath(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var here = Path.Combine(RealPath(parent), Path.GetFileName(full));
        try
        {
            return Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return here; // It isn't there yet, or can't be looked at.
        }
    }

    private static bool IsIn(string folder, string other) =>
        (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    /// <summary>Sync every record, whatever is asked for it.</summary>
    public bool AlwaysSynced { get; set; }
}

/// <summary>What a record must survive before an append completes. The zero value is the stronger.</summary>
public enum Durability
{
    /// <summary>On the disk: survives a loss of power.</summary>
    Synced = 0,

    /// <summary>In the system's page cache: survives the end of the process, however it comes.</summary>
    Written = 1,
}
