using Gateway.Evidence.Log;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// Each tenant's share of the disk that journals and kept bodies lie on: who takes too much of it is refused before the others find it
/// full. Looked at off the path; what a look can't read changes nothing. Thread-safe.
/// </summary>
public sealed partial class DiskShares(EvidenceOptions options, JournalOptions journal, TimeProvider time, ILogger<DiskShares> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private volatile HashSet<string> _over = [];
    private volatile bool _low;
    private double _free = 1;
    private long _freeBytes = -1;

    /// <value>Of the journal's disk, from 0 to 1.</value>
    internal double Free => Volatile.Read(ref _free);

    /// <value>Bytes of the journal's disk that this process may still take; null before the first look.</value>
    internal long? FreeBytes => Interlocked.Read(ref _freeBytes) is >= 0 and var bytes ? bytes : null;

    /// <value>Tenants that are refused.</value>
    internal int Over => _over.Count;

    /// <summary>For the readiness' text: <c>ok</c>, <c>low</c>, or that shares are used up. It takes no instance out of service.</summary>
    internal string Words =>
        _over.Count > 0 ? "share used up"
        : _low ? "low"
        : "ok";

    /// <summary>Whether a tenant has used up its share: nothing of its is written, and so nothing of its happens.</summary>
    internal bool IsOver(Id<Tenant> tenant) => _over.Count > 0 && _over.Contains(tenant.ToString());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                Look(DiskSpace.Of(journal.Root));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                Log.NotRead(logger, journal.Root, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sizes are only counted where they matter: with many bodies that takes a while.</summary>
    internal void Look(DiskSpace disk)
    {
        Interlocked.Exchange(ref _freeBytes, disk.Free);
        Volatile.Write(ref _free, disk.Total > 0 ? (double)disk.Free / disk.Total : 1);
        var low = disk.Free < 2 * options.FreeReserve * disk.Total;
        if (low && !_low)
        {
            Log.Low(logger, journal.Root, disk.Free);
        }

        _low = low;
        if (!low && options.TenantBytes == 0)
        {
            _over = [];
            return;
        }

        var sizes = Sizes();
        var average = sizes.Count > 0 ? sizes.Values.Average() : 0;
        var isScarce = sizes.Count > 1 && disk.Free < options.FreeReserve * disk.Total;
        HashSet<string> over =
        [
            .. sizes
                .Where(tenant =>
                    (options.TenantBytes > 0 && tenant.Value > options.TenantBytes)
                    || (isScarce && tenant.Value > average && tenant.Value > disk.Free)
                )
                .Select(tenant => tenant.Key),
        ];
        foreach (var tenant in over.Where(tenant => !_over.Contains(tenant)))
        {
            Log.UsedUp(logger, tenant, sizes[tenant]);
        }

        _over = over;
    }

    private Dictionary<string, long> Sizes()
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var root in (string[])[journal.Root, options.Bodies])
        {
            foreach (var folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
            {
                var name = Path.GetFileName(folder);
                if (Id<Tenant>.TryParse(name, out _))
                {
                    sizes[name] = sizes.GetValueOrDefault(name) + DiskSpace.TakenBy(folder);
                }
            }
        }

        return sizes;
    }

    private static partial class Log
    {
        [LoggerMessage(8010, LogLevel.Critical, "The disk of the journal in {Root} is nearly full: {Bytes} bytes are free")]
        public static partial void Low(ILogger logger, string root, long bytes);

        [LoggerMessage(8011, LogLevel.Critical, "Tenant {Tenant} has used up its share of the disk with {Bytes} bytes: it is refused")]
        public static partial void UsedUp(ILogger logger, string tenant, long bytes);

        [LoggerMessage(8012, LogLevel.Warning, "How full the disk of the journal in {Root} is can't be read")]
        public static partial void NotRead(ILogger logger, string root, Exception exception);
    }
}

/// <param name="Free">Bytes that this process may still take.</param>
/// <param name="Total">Bytes in all.</param>
internal readonly record struct DiskSpace(long Free, long Total)
{
    public static DiskSpace Of(string folder)
    {
        var drive = new DriveInfo(Path.GetFullPath(folder));
        return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
    }

    /// <summary>The bytes of all files under a folder; what is removed meanwhile counts as none.</summary>
    public static long TakenBy(string folder)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", all))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Removed since it was listed.
            }
        }

        return bytes;
    }
}
