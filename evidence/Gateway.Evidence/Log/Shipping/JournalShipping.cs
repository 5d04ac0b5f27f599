using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Ships what is sealed of all logs under a root to an archive, and the governance that decisions were made by. Safe to repeat, and beside
/// others that do the same: of one log one of them does it at a time.
/// </summary>
/// <param name="root">The journal's root.</param>
/// <param name="archive">The archive's folder, such as a second volume or a mounted bucket. It is never made.</param>
public sealed class JournalShipping(string root, string archive, LogKeys keys, TimeProvider time)
{
    private readonly string _archive = Path.GetFullPath(archive);

    internal ArchiveFiles Files { get; init; } = ArchiveFiles.Real;

    /// <summary>A pass over all of it. Blocks while it reads and writes.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ShippedJournal Run(CancellationToken cancellationToken)
    {
        var logs = new List<ShippedLog>();
        var problem = "";
        try
        {
            var id = ArchiveId.Take(_archive, Logs().Select(log => log.Folder));
            logs.AddRange(Logs().Select(log => Ship(log.Folder, log.Tenant, id, cancellationToken)));
            ShippedSnapshots.Ship(root, _archive, Files, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        return logs.Count > 0 || problem.Length == 0
            ? new ShippedJournal(logs, problem)
            : new ShippedJournal([.. Logs().Select(log => Unshipped(log.Folder, log.Tenant))], problem);
    }

    private ShippedLog Ship(string folder, string tenant, string id, CancellationToken cancellationToken)
    {
        var nothing = new ShippedLog(tenant, Path.GetFileName(folder));
        try
        {
            using var held = ExclusiveFile.TryOpen(Path.Combine(folder, "shipping"));
            return held is null ? nothing with { IsBusy = true }
                : LogDescription.Find(folder) is { } log && log.Tenant == tenant && log.Log.ToString() == nothing.Log
                    ? LogShipment.Run(folder, log, _archive, id, keys, Files, time.GetUtcNow(), cancellationToken)
                : nothing with { Unshipped = 1, Problem = $"'{folder}' isn't the log that its name says: verify the journal." };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unshipped(folder, tenant) with { Problem = e.Message };
        }
    }

    /// <summary>Where nothing could be looked at: all that is sealed here.</summary>
    private static ShippedLog Unshipped(string folder, string tenant)
    {
        var seals = Checkpoints.SegmentSeal.List(folder).Length;
        return new ShippedLog(tenant, Path.GetFileName(folder)) { Sealed = seals, Unshipped = seals };
    }

    private IEnumerable<(string Folder, string Tenant)> Logs() =>
        from home in Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal) : Enumerable.Empty<string>()
        from folder in Directory.GetDirectories(home).Order(StringComparer.Ordinal)
        where LogId.TryParse(Path.GetFileName(folder), out _) && File.Exists(Path.Combine(folder, LogDescription.FileName))
        select (folder, Path.GetFileName(home));
}

/// <summary>What became of a journal in a pass.</summary>
/// <param name="Problem">What stood in the way of all of it; empty for nothing.</param>
public sealed record ShippedJournal(IReadOnlyList<ShippedLog> Logs, string Problem)
{
    /// <value>Sealed segments that the archive doesn't verifiably hold.</value>
    public int Unshipped => Logs.Sum(log => log.Unshipped);

    /// <summary>Whether the next pass should follow at once.</summary>
    public bool GoesOn => Logs.Any(log => log.GoesOn);

    /// <value>Segments that were copied and read back.</value>
    public int Shipped => Logs.Sum(log => log.Shipped);

    /// <summary>The first thing that is wrong; empty for nothing.</summary>
    public string FirstProblem =>
        Problem.Length > 0 ? Problem : Logs.Select(log => log.Problem).FirstOrDefault(problem => problem.Length > 0) ?? "";
}
