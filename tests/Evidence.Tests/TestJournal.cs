using System.Text;
using Gateway.Evidence.Journal;
using Gateway.Evidence.Records;
using Gateway.Testing;

namespace Gateway.Evidence.Tests;

/// <summary>A journal in a folder of its own, with small segments.</summary>
internal sealed class TestJournal : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public JournalOptions Options { get; } = new() { SegmentBytes = 4096 };

    public string Root => Options.Root;

    public TestJournal() => Options.Root = _directory.File("journal");

    public JournalLog Open(Disk? disk = null) => JournalLog.Open(Options, "acme", new ManualTime(), disk ?? Disk.Real);

    /// <summary>Writes records and closes; returns the log's folder.</summary>
    public async Task<string> FillAsync(int records)
    {
        await using var log = Open();
        for (var i = 0; i < records; i++)
        {
            await AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
        }

        return log.Folder;
    }

    public static ValueTask<RecordReceipt> AppendAsync(
        JournalLog log, RecordType type, string body, Durability durability = Durability.Written, CancellationToken cancellationToken = default) =>
        log.AppendAsync(type, Encoding.UTF8.GetBytes(body), durability, cancellationToken);

    public void Dispose() => _directory.Dispose();
}
