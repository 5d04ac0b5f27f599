using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Evidence.Tests.Log;

public sealed class LogRecoveryTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Open_DecisionsWithoutOutcome_GetOneThatSaysUnknown()
    {
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"d1\"}");
            await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"d2\"}");
            await TestJournal.AppendAsync(log, RecordType.Outcome, "{\"decision_id\":\"d1\"}");
            await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"a3\"}");
        }

        Assert.Equal(2, JournalVerifier.Verify(folder).OpenDecisions);
        await using (var log = _journal.Open())
        {
            Assert.Equal(["d2", "a3"], log.Recovery.OutcomeUnknown);
        }

        var text = await File.ReadAllTextAsync(Directory.GetFiles(folder, "segment-*")[0]);
        Assert.Contains(
            """{"body":{"bytes_cut":0,"outcome_unknown":["d2","a3"],"outcome_unknown_count":2},"index":4,""",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """{"body":{"bytes_delivered":0,"decision_id":"d2","status":"outcome_unknown"},"index":5,""",
            text,
            StringComparison.Ordinal
        );
        var result = JournalVerifier.Verify(folder);
        Assert.Equal((7L, 0L, null), (result.Records, result.OpenDecisions, result.Problem));
        await using var again = _journal.Open();
        Assert.Empty(again.Recovery.OutcomeUnknown);
    }

    [Fact]
    public async Task Open_WithMoreDecisionsWithoutOutcomeThanAMarkHolds_Starts()
    {
        const int Decisions = 132_000;
        _journal.Options.SegmentBytes = 1 << 26;
        await using (var log = _journal.Open())
        {
            for (var i = 0; i < Decisions; i++)
            {
                await TestJournal.AppendAsync(log, RecordType.Decision, $"{{\"decision_id\":\"{i:x32}\"}}");
            }
        }

        await using (var log = _journal.Open())
        {
            Assert.Equal(Decisions, log.Recovery.OutcomeUnknown.Count);
        }

        Assert.Null(JournalVerifier.Verify(_journal.Root, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Open_AfterALossOfPowerThatTookTheLastTiles_HasThemAgainWithoutANewRecord()
    {
        var folder = await _journal.FillAsync(300);
        foreach (var tile in Directory.GetFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories))
        {
            await File.WriteAllBytesAsync(tile, []);
        }

        await using (var log = _journal.Open())
        {
            // Polled and not timed: they are written on another thread.
            while (JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem is not null)
            {
                await Task.Yield();
            }
        }

        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Open_TruncatedAnywhere_KeepsEveryWholeRecordAndCutsTheRest()
    {
        var folder = await _journal.FillAsync(3);
        var file = Assert.Single(Directory.GetFiles(folder, "segment-*"));
        var whole = await File.ReadAllBytesAsync(file);
        var ends = Ends(whole);

        for (var length = 0; length <= whole.Length; length++)
        {
            TestJournal.ForgetTree(folder);
            foreach (var old in Directory.GetFiles(folder, "segment-*"))
            {
                File.Delete(old);
            }

            await File.WriteAllBytesAsync(file, whole[..length]);
            var kept = ends.Count(end => end <= length);
            var torn =
                kept > 0 ? length - ends[kept - 1]
                : length >= 72 ? length - 72
                : length;
            Assert.Equal(torn == 0 && length >= 72, JournalVerifier.Verify(folder).IsGood);

            await using (var log = _journal.Open())
            {
                Assert.Equal((kept, torn), (log.Recovery.Records, log.Recovery.BytesCut));
                Assert.Equal(kept + (torn > 0 ? 1 : 0), (await TestJournal.AppendAsync(log, RecordType.Change, "{}")).Index);
            }

            Assert.Null(JournalVerifier.Verify(folder).Problem);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task Open_ZerosBehindTheLastRecord_AreSpaceThatWasNeverWritten(int zeros)
    {
        var folder = await _journal.FillAsync(3);
        var file = Assert.Single(Directory.GetFiles(folder, "segment-*"));
        await File.AppendAllBytesAsync(file, new byte[zeros]);
        TestJournal.Unclose(folder);

        Assert.Equal(LogProblemKind.TornTail, JournalVerifier.Verify(folder).Problem!.Kind);
        await using var log = _journal.Open();
        Assert.Equal((3L, (long)zeros), (log.Recovery.Records, log.Recovery.BytesCut));
        Assert.Null(JournalVerifier.Verify(folder).Problem);
    }

    [Fact]
    public async Task Open_LastRecordHalfZeros_IsCut()
    {
        var folder = await _journal.FillAsync(3);
        var file = Assert.Single(Directory.GetFiles(folder, "segment-*"));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(bytes.Length - 40).Clear();
        await File.WriteAllBytesAsync(file, bytes);
        TestJournal.ForgetTree(folder);

        await using var log = _journal.Open();
        Assert.Equal(2, log.Recovery.Records);
        Assert.True(log.Recovery.BytesCut > 0);
    }

    [Fact]
    public async Task Open_BadRecordBeforeGoodOnes_StopsAndLeavesEverythingAsItIs()
    {
        var folder = await _journal.FillAsync(60);
        var file = Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(file);
        var ends = Ends(bytes);
        bytes[ends[4] + 20] ^= 0x20;
        await File.WriteAllBytesAsync(file, bytes);

        var error = Assert.Throws<JournalCorruptException>(() => _journal.Open());

        Assert.Equal((file, ends[4], 5L), (error.Problem.File, error.Problem.Offset, error.Problem.Index));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Open_MissingSegment_Stops()
    {
        var folder = await _journal.FillAsync(60);
        var files = Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length > 2);
        File.Delete(files[1]);

        Assert.Equal(LogProblemKind.Segment, Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem.Kind);
    }

    [Fact]
    public async Task Open_IncompleteSegmentBeforeTheLast_Stops()
    {
        var folder = await _journal.FillAsync(60);
        var file = Directory.GetFiles(folder, "segment-*").Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^5]);
        Assert.Equal(LogProblemKind.Segment, Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem.Kind);

        TestJournal.ForgetTree(folder);
        Assert.Equal(LogProblemKind.Frame, Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem.Kind);
    }

    [Fact]
    public async Task Open_LogOfAnotherTenant_Stops()
    {
        var folder = await _journal.FillAsync(3);
        var other = Path.Combine(_journal.Root, "other", Path.GetFileName(folder));
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        Directory.Move(folder, other);

        Assert.Throws<JournalCorruptException>(() =>
            JournalLog.Open(_journal.Options, "other", TestJournal.Keys, new FakeTimeProvider(), Disk.Real)
        );
        Assert.Equal(LogProblemKind.Description, JournalVerifier.Verify(_journal.Root).Problem!.Kind);
    }

    /// <summary>Where each record of a segment ends.</summary>
    private static List<int> Ends(byte[] segment)
    {
        var ends = new List<int>();
        for (var at = 72; at < segment.Length; )
        {
            at += 29 + BitConverter.ToInt32(segment, at);
            ends.Add(at);
        }

        return ends;
    }
}
