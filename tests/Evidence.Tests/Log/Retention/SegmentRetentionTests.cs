using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Retention;

public sealed class SegmentRetentionTests : IDisposable
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Remove_BeforeItsTime_RemovesNothing()
    {
        await using var log = await LongAsync();
        _journal.Time.Advance(TimeSpan.FromDays(182));

        Assert.Equal(0, await log.RemoveExpiredAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Remove_PastItsTime_TakesSealedSegmentsAndLeavesAllVerifiable()
    {
        string folder;
        int before;
        await using (var log = await LongAsync())
        {
            folder = log.Folder;
            before = Segments(folder).Length;
            _journal.Time.Advance(TimeSpan.FromDays(184));
            var removed = await log.RemoveExpiredAsync(CancellationToken.None);

            Assert.InRange(removed, 10, before - 1);
            Assert.Equal(before - removed, Segments(folder).Length - (Segments(folder).Length + removed - before));
            Assert.Equal(0, await log.RemoveExpiredAsync(CancellationToken.None));
            Assert.False(File.Exists(Path.Combine(folder, "tile/entries/000")));
            Assert.True(File.Exists(Path.Combine(folder, "tile/0/000")));
            Assert.True(log.TrySign());
        }

        var result = JournalVerifier.Verify(folder, TestJournal.Keys.Public);
        Assert.Null(result.Problem);
        await using (var again = _journal.Open())
        {
            await TestJournal.AppendAsync(again, RecordType.Change, "{}");
        }

        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
        Assert.Contains("segment_removed", string.Concat(Segments(folder).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.Null(await ReceiptAsync(folder, 0));
        Assert.NotNull(await ReceiptAsync(folder, result.Signed - 1));
    }

    [Fact]
    public async Task Remove_WithAClockFarAhead_TakesADayOfRecordsAtATime()
    {
        await using var log = await LongAsync();
        var first = Segments(log.Folder);
        _journal.Time.Advance(TimeSpan.FromDays(2));
        await AppendAsync(log, 1500);
        _journal.Time.Advance(TimeSpan.FromDays(400));

        Assert.InRange(await log.RemoveExpiredAsync(CancellationToken.None), 10, first.Length);
        var left = Segments(log.Folder);
        Assert.InRange(left.Length, first.Length / 2, int.MaxValue);
        Assert.InRange(await log.RemoveExpiredAsync(CancellationToken.None), 10, left.Length - 1);
    }

    [Fact]
    public async Task Verify_PrunedLog_NamesATileThatWasChanged()
    {
        string folder;
        await using (var log = await LongAsync())
        {
            folder = log.Folder;
            _journal.Time.Advance(TimeSpan.FromDays(184));
            await log.RemoveExpiredAsync(CancellationToken.None);
        }

        foreach (var tile in new[] { "tile/0/000", "tile/0/001" })
        {
            var file = Path.Combine(folder, tile);
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[40] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            Assert.Equal(
                (LogProblemKind.Tile, file),
                (JournalVerifier.Verify(folder).Problem!.Kind, JournalVerifier.Verify(folder).Problem!.File)
            );
            bytes[40] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        Assert.Null(JournalVerifier.Verify(folder).Problem);
    }

    [Fact]
    public async Task Remove_SegmentThatIsNotTheSealedOne_RemovesNothing()
    {
        await using var log = await LongAsync();
        var first = Segments(log.Folder)[0];
        var bytes = await File.ReadAllBytesAsync(first);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(first, bytes);
        _journal.Time.Advance(TimeSpan.FromDays(184));

        await Assert.ThrowsAsync<JournalCorruptException>(() => log.RemoveExpiredAsync(CancellationToken.None));
        Assert.True(File.Exists(first));
    }

    [Fact]
    public async Task Remove_SegmentWhoseHashIsNotInTheTiles_RemovesNothing()
    {
        await using var log = await LongAsync();
        var tile = Path.Combine(log.Folder, "tile/0/000");
        var bytes = await File.ReadAllBytesAsync(tile);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes);
        _journal.Time.Advance(TimeSpan.FromDays(184));

        Assert.Equal(
            tile,
            (await Assert.ThrowsAsync<JournalCorruptException>(() => log.RemoveExpiredAsync(CancellationToken.None))).Problem.File
        );
        Assert.Equal(0, new LogHead(null, null, null).Retention?.Minimum ?? 0);
    }

    [Fact]
    public async Task Remove_WhenItCantBeRecorded_RemovesNothing()
    {
        var fails = false;
        var disk = new Disk
        {
            Write = (file, bytes, at) =>
            {
                if (fails)
                {
                    throw new IOException("full");
                }
                RandomAccess.Write(file, bytes, at);
            },
        };
        await using var log = await LongAsync(disk);
        var before = Segments(log.Folder).Length;
        _journal.Time.Advance(TimeSpan.FromDays(184));
        fails = true;

        await Assert.ThrowsAsync<JournalUnavailableException>(() => log.RemoveExpiredAsync(CancellationToken.None));
        Assert.Equal(before, Segments(log.Folder).Length);
        fails = false;
    }

    [Fact]
    public async Task Segment_DeletedByHand_IsAGap()
    {
        string folder;
        await using (var log = await LongAsync())
        {
            folder = log.Folder;
        }

        File.Delete(Segments(folder)[0]);

        Assert.Equal(LogProblemKind.Segment, Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem.Kind);
        Assert.Equal(LogProblemKind.Segment, JournalVerifier.Verify(folder).Problem!.Kind);
    }

    [Fact]
    public async Task Retention_Changed_IsRecordedAndNeverUnderItsFloor()
    {
        var folder = await _journal.FillAsync(1);
        foreach (
            var (days, record) in new[]
            {
                (400, "\"revision\":\"400 days\",\"subject\":\"183 days\""),
                (200, "\"revision\":\"200 days\",\"subject\":\"400 days\""),
                (1, "\"revision\":\"183 days\",\"subject\":\"200 days\""),
            }
        )
        {
            _journal.Options.Retention = TimeSpan.FromDays(days);
            await _journal.FillAsync(1);
            Assert.Contains(
                $"\"kind\":\"retention_set\",{record}}}",
                await File.ReadAllTextAsync(Segments(folder)[0]),
                StringComparison.Ordinal
            );
        }

        await _journal.FillAsync(1);
        Assert.Equal(8, JournalVerifier.Verify(folder, TestJournal.Keys.Public).Records);
    }

    /// <summary>Some thousand records in many segments, signed, sealed and marked.</summary>
    private async Task<JournalLog> LongAsync(Disk? disk = null)
    {
        var log = _journal.Open(disk);
        await AppendAsync(log, 1500);
        return log;
    }

    private async Task AppendAsync(JournalLog log, int records)
    {
        for (var i = 0; i < records; i++)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
            if (i == 500)
            {
                _journal.Time.Advance(TimeSpan.FromSeconds(11));
                Assert.True(log.TrySign());
            }
        }

        Assert.True(log.TrySign());
    }

    private Task<byte[]?> ReceiptAsync(string folder, long index)
    {
        Assert.True(ReceiptId.TryParse($"{Path.GetFileName(folder)}.{index}", out var id));
        return new ReceiptSource(_journal.Root, TimeProvider.System).FindAsync(Acme, id, ReceiptScope.Tenant, CancellationToken.None);
    }

    private static string[] Segments(string folder) => [.. Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal)];
}
