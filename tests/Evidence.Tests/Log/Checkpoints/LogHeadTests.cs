using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log.Checkpoints;

/// <summary>What a start makes of a log that isn't the one that was signed.</summary>
public sealed class LogHeadTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Open_ShorterThanTheCheckpoint_IsARollback()
    {
        var folder = await _journal.FillAsync(5);
        var segment = Directory.GetFiles(folder, "segment-*")[0];
        var bytes = await File.ReadAllBytesAsync(segment);
        await File.WriteAllBytesAsync(segment, bytes[..^20]);

        Stops(LogProblemKind.Rollback, "a checkpoint of 5 records was signed");
        Assert.Equal(bytes.Length - 20, new FileInfo(segment).Length);
    }

    [Fact]
    public async Task Open_WrittenAnew_IsAFork()
    {
        var folder = await _journal.FillAsync(5);
        var kept = Keep(folder);
        var description = await File.ReadAllBytesAsync(Path.Combine(folder, "log.json"));
        foreach (var file in Directory.GetFiles(folder).Where(f => !f.EndsWith("log.json", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        _journal.Time.Advance(TimeSpan.FromHours(1));
        await _journal.FillAsync(5);
        Assert.Equal(description, await File.ReadAllBytesAsync(Path.Combine(folder, "log.json")));
        await PutBackAsync(folder, kept);

        Stops(LogProblemKind.Fork, "another root");
        Assert.Equal(LogProblemKind.Fork, JournalVerifier.Verify(folder).Problem!.Kind);
    }

    [Fact]
    public async Task Open_WithoutACheckpointThatThereWas_Stops()
    {
        var folder = await _journal.FillAsync(60);
        Assert.NotEmpty(Directory.GetFiles(folder, "seal-*"));
        File.Delete(Path.Combine(folder, "checkpoint"));

        Stops(LogProblemKind.Checkpoint, "missing");
    }

    [Fact]
    public async Task Open_WithAnOlderCheckpointThanItsMark_IsARollback()
    {
        await using (var log = _journal.Open())
        {
            await MarkAsync(log);
        }

        var folder = Directory.GetDirectories(Path.Combine(_journal.Root, "acme")).Single();
        var head = new Checkpoint(LogOrigin.Of(Id(folder)), 3, default).Sign(TestJournal.Key(1));
        await File.WriteAllBytesAsync(Path.Combine(folder, "checkpoint"), head);

        Stops(LogProblemKind.Rollback, "older than the mark");
    }

    [Theory]
    [InlineData("checkpoint", LogProblemKind.Checkpoint)]
    [InlineData("retention", LogProblemKind.Mark)]
    public async Task Open_SignedByAnotherKey_Stops(string file, LogProblemKind kind)
    {
        await _journal.FillAsync(3);
        var other = new LogKeys(TestJournal.Key(9), []);

        var error = Assert.Throws<JournalCorruptException>(() =>
            JournalLog.Open(_journal.Options, "acme", other, _journal.Time, Disk.Real)
        );
        Assert.Contains("known key", error.Message, StringComparison.Ordinal);

        // The older key among the known ones is enough, and the new one signs from then on.
        var rotated = new LogKeys(TestJournal.Key(9), [TestJournal.Key(1)]);
        await using (var log = JournalLog.Open(_journal.Options, "acme", rotated, _journal.Time, Disk.Real))
        {
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        }

        var folder = Directory.GetDirectories(Path.Combine(_journal.Root, "acme")).Single();
        await File.WriteAllTextAsync(Path.Combine(folder, file), "");
        Assert.Equal(
            kind,
            Assert
                .Throws<JournalCorruptException>(() => JournalLog.Open(_journal.Options, "acme", rotated, _journal.Time, Disk.Real))
                .Problem.Kind
        );
    }

    [Fact]
    public async Task Open_ReadsOnFromTheMark_AndVerifyingReadsAll()
    {
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"early\"}");
            await MarkAsync(log);
            await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"late\"}");
        }

        var first = Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(first);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(first, bytes);

        await using (var log = _journal.Open())
        {
            Assert.Equal(["early", "late"], log.Recovery.OutcomeUnknown);
            Assert.True(log.TrySign());
        }

        Assert.Equal(first, JournalVerifier.Verify(folder).Problem!.File);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(first, bytes);
        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Open_WithTheMarkTakenAway_ReadsAll()
    {
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            await MarkAsync(log);
        }

        File.Delete(Path.Combine(folder, "resume"));
        await using (var log = _journal.Open())
        {
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        }

        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Open_SealedSegmentOfAnotherLength_Stops()
    {
        var folder = await _journal.FillAsync(60);
        await File.AppendAllTextAsync(Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).First(), "x");

        Stops(LogProblemKind.Segment, "sealed with");
    }

    /// <summary>Enough records that a start needn't read all of them.</summary>
    private async Task MarkAsync(JournalLog log)
    {
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        _journal.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(log.TrySign());
        for (var i = 0; i < 600; i++)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
        }

        Assert.True(log.TrySign());
        Assert.True(File.Exists(Path.Combine(log.Folder, "resume")));
    }

    private void Stops(LogProblemKind kind, string says)
    {
        var error = Assert.Throws<JournalCorruptException>(() => _journal.Open());
        Assert.Equal(kind, error.Problem.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static LogId Id(string folder) =>
        LogId.TryParse(Path.GetFileName(folder), out var id) ? id : throw new InvalidOperationException();

    private static Dictionary<string, byte[]> Keep(string folder) =>
        new[] { "checkpoint", "retention" }.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));

    private static async Task PutBackAsync(string folder, Dictionary<string, byte[]> kept)
    {
        foreach (var (name, content) in kept)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }
    }
}
