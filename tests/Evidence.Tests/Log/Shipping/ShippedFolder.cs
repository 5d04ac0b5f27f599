using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Records;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Log.Shipping;

/// <summary>A journal of many small segments, and an archive beside it.</summary>
internal sealed class ShippedFolder : IDisposable
{
    private readonly TemporaryDirectory _archive = new();

    public TestJournal Journal { get; } = new();

    public string Archive => _archive.Path;

    /// <summary>Where a log lies in the archive.</summary>
    public string There(string folder) => Path.Combine(Archive, "acme", Path.GetFileName(folder));

    /// <summary>Opens the log and has it sign some hundred records in many segments.</summary>
    public async Task<JournalLog> LongAsync(int records = 700)
    {
        var log = Journal.Open();
        await AppendAsync(log, records);
        return log;
    }

    /// <summary>Appends them; what is full is sealed and marked behind this.</summary>
    public async Task AppendAsync(JournalLog log, int records)
    {
        for (var i = 0; i < records; i++)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"agent\":\"bot\",\"n\":{i}}}");
            if (i == records / 2)
            {
                Journal.Time.Advance(TimeSpan.FromSeconds(11));
                Assert.True(log.TrySign());
            }
        }

        Assert.True(log.TrySign());
    }

    /// <summary>Ships all there is; gives what became of it in the last pass, and what was shipped in all of them.</summary>
    public (ShippedJournal Last, int Shipped) ShipAll(ArchiveFiles? files = null)
    {
        var shipping = new JournalShipping(Journal.Root, Archive, TestJournal.Keys, Journal.Time) { Files = files ?? ArchiveFiles.Real };
        var (last, shipped) = (shipping.Run(CancellationToken.None), 0);
        for (shipped = last.Shipped; last.GoesOn; shipped += last.Shipped)
        {
            last = shipping.Run(CancellationToken.None);
        }

        return (last, shipped);
    }

    public ShippedJournal Ship(ArchiveFiles? files = null) => ShipAll(files).Last;

    public static string[] Segments(string folder) => [.. Directory.GetFiles(folder, "segment-*.log").Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Journal.Dispose();
        _archive.Dispose();
    }
}
