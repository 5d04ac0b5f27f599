using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Retention;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// One log as an archive has it: laid out as a log's folder is, with a checkpoint over what was shipped, so that it verifies by itself.
/// Its folder is named by the log's id, which no other instance has.
/// </summary>
internal sealed class ArchivedLog
{
    private readonly LogDescription _log;
    private readonly IReadOnlyList<Ed25519PublicKey> _keys;
    private readonly Dictionary<string, long> _files;

    private ArchivedLog(string folder, LogDescription log, IReadOnlyList<Ed25519PublicKey> keys)
    {
        (Folder, _log, _keys) = (folder, log, keys);
        _files = Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles().ToDictionary(file => file.Name, file => file.Length, StringComparer.Ordinal)
            : [];
    }

    public string Folder { get; }

    /// <summary>What is signed there; null where nothing is yet, or it can't be used.</summary>
    public LogHead? Head { get; private init; }

    /// <summary>Why it can't be used; null where it can, or nothing is there.</summary>
    public LogProblem? Problem { get; private init; }

    public static string FolderOf(string archive, LogDescription log) => Path.Combine(archive, log.Tenant, log.Log.ToString());

    /// <summary>Lists what there is.</summary>
    /// <exception cref="IOException">It can't be listed.</exception>
    public static ArchivedLog Find(string archive, LogDescription log, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var folder = FolderOf(archive, log);
        return !Directory.Exists(folder) ? new ArchivedLog(folder, log, keys)
            : LogHead.Read(folder, log.Log, keys, out var head) is { } problem ? new ArchivedLog(folder, log, keys) { Problem = problem }
            : new ArchivedLog(folder, log, keys) { Head = head };
    }

    /// <summary>Whether a segment and its seal are there, by their names and lengths.</summary>
    public bool Lists(SegmentSeal seal) =>
        _files.GetValueOrDefault(SegmentName.Of(seal.First), -1) == seal.Bytes && _files.ContainsKey(SegmentSeal.NameOf(seal.First));

    /// <summary>
    /// Why a segment can't be taken from anywhere but here yet; null where the archive's copy of it, read from the disk, is the sealed one
    /// and proves its records by itself.
    /// </summary>
    public string? WhyNot(SegmentSeal seal)
    {
        try
        {
            var file = Path.Combine(Folder, SegmentName.Of(seal.First));
            return ArchiveFiles.WhyNot(file, seal)
                ?? DescriptionWrong()
                ?? SealWrong(seal)
                ?? (
                    Head?.Checkpoint is not { } checkpoint ? $"'{Folder}' in the archive has no checkpoint that is signed."
                    : checkpoint.Size <= seal.Last ? $"The archive's checkpoint in '{Folder}' is of {checkpoint.Size} records only."
                    : SealedTiles.Check(Folder, file, seal, checkpoint)?.ToString()
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The archive's copy can't be read: {e.Message}";
        }
    }

    private string? DescriptionWrong() =>
        LogDescription.Find(Folder) == _log ? null : $"'{Path.Combine(Folder, LogDescription.FileName)}' in the archive isn't this log's.";

    private string? SealWrong(SegmentSeal seal)
    {
        var file = Path.Combine(Folder, SegmentSeal.NameOf(seal.First));
        var note = RegularFile.Read(file, Checkpoint.MaxLength);
        return SegmentSeal.Read(note, LogOrigin.Of(_log.Log), _keys, out var there) is { } wrong ? $"'{file}' in the archive: {wrong}"
            : there == seal ? null
            : $"'{file}' in the archive is another seal.";
    }
}
