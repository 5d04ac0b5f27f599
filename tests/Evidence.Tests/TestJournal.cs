using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Evidence.Tests;

/// <summary>A journal in a folder of its own, with small segments.</summary>
internal sealed class TestJournal : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Of all journals here, and of the process that is killed.</summary>
    public static LogKeys Keys { get; } = new(Key(1), []);

    public static Ed25519PrivateKey Key(byte first) =>
        Ed25519PrivateKey.TryCreate([.. Enumerable.Range(first, 32).Select(i => (byte)i)], out var key)
            ? key
            : throw new InvalidOperationException();

    public JournalOptions Options { get; } = new() { SegmentBytes = 4096 };

    /// <summary>The clock of every log that is opened here.</summary>
    public FakeTimeProvider Time { get; } = new();

    public string Root => Options.Root;

    public TestJournal() => Options.Root = _directory.File("journal");

    public JournalLog Open(Disk? disk = null) => JournalLog.Open(Options, "acme", Keys, Time, disk ?? Disk.Real);

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
        JournalLog log,
        RecordType type,
        string body,
        Durability durability = Durability.Written,
        CancellationToken cancellationToken = default
    ) => log.AppendAsync(type, Encoding.UTF8.GetBytes(body), durability, cancellationToken);

    /// <summary>Makes a log what it is behind a kill at a moment when all of it was signed.</summary>
    public static void Unclose(string folder) => File.Delete(Path.Combine(folder, "closed"));

    /// <summary>Makes a log what it is before its first checkpoint: what follows reads all of it.</summary>
    public static void ForgetTree(string folder)
    {
        foreach (
            var file in Directory
                .GetFiles(folder)
                .Where(f =>
                    Path.GetFileName(f) is "checkpoint" or "resume" or "retention" or "closed"
                    || f.Contains("seal-", StringComparison.Ordinal)
                )
        )
        {
            File.Delete(file);
        }

        if (Directory.Exists(Path.Combine(folder, "tile")))
        {
            Directory.Delete(Path.Combine(folder, "tile"), recursive: true);
        }
    }

    public void Dispose() => _directory.Dispose();
}
