using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log;

/// <summary>What a start makes of records that no signature is over: its own go on, whoever else's stop it.</summary>
public sealed class UnsignedRecordTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_WhereSomebodyAppendedARecordThatFits_StopsAndChangesNothing(bool closed)
    {
        var folder = await _journal.FillAsync(3);
        if (!closed)
        {
            TestJournal.Unclose(folder);
        }

        var file = Segment(folder);
        var place = new FileInfo(file).Length;
        await AppendForgedAsync(folder, TestJournal.Key(9));
        var bytes = await File.ReadAllBytesAsync(file);

        // To a reader without keys it is a good record: chain, check sums, form.
        Assert.Equal(closed ? LogProblemKind.Forged : null, JournalVerifier.Verify(folder).Problem?.Kind);
        Stops(LogProblemKind.Forged, file, place, 3);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.Equal(3, JournalHeads.Read(_journal.Root, TestJournal.Keys.Public).Single().Size);
    }

    [Fact]
    public async Task Open_OfALogThatWasNeverSigned_StopsAtItsFirstForeignRecord()
    {
        var folder = await _journal.FillAsync(2);
        TestJournal.ForgetTree(folder);
        var place = new FileInfo(Segment(folder)).Length;
        await AppendForgedAsync(folder, TestJournal.Key(9));

        Stops(LogProblemKind.Forged, Segment(folder), place, 2);
    }

    [Fact]
    public async Task Open_OfALogWhoseRecordsAreTheInstancesOwn_GoesOnHoweverItEnded()
    {
        var folder = await _journal.FillAsync(40);
        TestJournal.ForgetTree(folder);

        await using (var log = _journal.Open())
        {
            Assert.Equal((40L, 0L), (log.Recovery.Records, log.Recovery.BytesCut));
        }

        Assert.Equal(40, JournalVerifier.Verify(folder, TestJournal.Keys.Public).Signed);
    }

    [Fact]
    public async Task Open_WithTheKeyReplaced_Stops_AndWithTheOlderOneKeptGoesOn()
    {
        var folder = await _journal.FillAsync(3);
        TestJournal.ForgetTree(folder);

        var error = Assert.Throws<JournalCorruptException>(() => Open(new LogKeys(TestJournal.Key(9), [])));
        Assert.Equal((LogProblemKind.Forged, 0L), (error.Problem.Kind, error.Problem.Index));
        Assert.Contains("LOG_SIGNING_KEY", error.Message, StringComparison.Ordinal);

        await using var log = Open(new LogKeys(TestJournal.Key(9), [TestJournal.Key(1)]));
        Assert.Equal(3, log.Recovery.Records);
        Assert.Equal(3, (await TestJournal.AppendAsync(log, RecordType.Change, "{}")).Index);
    }

    [Fact]
    public async Task Tags_OfOneLog_AreNoneOfAnothers()
    {
        var leaf = new byte[32];
        var tag = new byte[RecordTags.Length];
        using var hash = TestJournal.Keys.TagsOf("gateway/log/a").CreateHash();
        RecordTags.Write(hash, leaf, tag);

        Assert.True(TestJournal.Keys.TagsOf("gateway/log/a").IsOwn(leaf, tag));
        Assert.False(TestJournal.Keys.TagsOf("gateway/log/b").IsOwn(leaf, tag));
        Assert.False(new LogKeys(TestJournal.Key(2), []).TagsOf("gateway/log/a").IsOwn(leaf, tag));
        leaf[31] ^= 1;
        Assert.False(TestJournal.Keys.TagsOf("gateway/log/a").IsOwn(leaf, tag));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\0")]
    public async Task Open_OfAClosedLogWithAnythingBehindItsEnd_Stops(string more)
    {
        var folder = await _journal.FillAsync(3);
        var place = new FileInfo(Segment(folder)).Length;
        await File.AppendAllTextAsync(Segment(folder), more);

        Stops(LogProblemKind.Forged, Segment(folder), place, 3);
        Assert.Equal(LogProblemKind.Forged, JournalVerifier.Verify(folder).Problem!.Kind);
    }

    [Theory]
    [InlineData(72)]
    [InlineData(10)]
    public async Task Open_OfAClosedLogWithAnotherSegment_Stops(int bytes)
    {
        var folder = await _journal.FillAsync(3);
        var header = new byte[72];
        SegmentHeader.Write(header, LogDescription.Read(folder)!.Log, 3, Previous(folder));
        await File.WriteAllBytesAsync(Path.Combine(folder, SegmentName.Of(3)), header[..bytes]);

        Assert.Equal(LogProblemKind.Forged, Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem.Kind);
        Assert.Equal(LogProblemKind.Forged, JournalVerifier.Verify(folder).Problem!.Kind);
    }

    [Fact]
    public async Task Open_OfAClosedLogWithAnOlderHeadAndFewerRecords_IsARollback()
    {
        string folder;
        var (older, length) = ("", 0L);
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
            Assert.True(log.TrySign());
            older = await File.ReadAllTextAsync(Path.Combine(folder, "checkpoint"));
            length = new FileInfo(Segment(folder)).Length;
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint"), older);
        await using (var file = new FileStream(Segment(folder), FileMode.Open))
        {
            file.SetLength(length);
        }

        Stops(LogProblemKind.Rollback, Segment(folder), length, 1);
    }

    [Fact]
    public async Task Open_TakesTheMarkOfTheEndAway_AndClosingPutsItBack()
    {
        var folder = await _journal.FillAsync(1);
        var mark = Path.Combine(folder, "closed");
        Assert.True(File.Exists(mark));
        await using (_journal.Open())
        {
            Assert.False(File.Exists(mark));
        }

        Assert.True(File.Exists(mark));
        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Open_OfASegmentOfAnEarlierFormat_SaysSo()
    {
        var folder = await _journal.FillAsync(1);
        TestJournal.ForgetTree(folder);
        var bytes = await File.ReadAllBytesAsync(Segment(folder));
        bytes[8] = 1;
        await File.WriteAllBytesAsync(Segment(folder), bytes);

        Assert.Contains("format 1", Assert.Throws<JournalCorruptException>(() => _journal.Open()).Message, StringComparison.Ordinal);
    }

    private JournalLog Open(LogKeys keys) => JournalLog.Open(_journal.Options, "acme", keys, _journal.Time, Disk.Real);

    private void Stops(LogProblemKind kind, string file, long offset, long index)
    {
        var problem = Assert.Throws<JournalCorruptException>(() => _journal.Open()).Problem;
        Assert.Equal((kind, file, offset, index), (problem.Kind, problem.File, problem.Offset, problem.Index));
    }

    private static string Segment(string folder) => Directory.GetFiles(folder, "segment-*").Max(StringComparer.Ordinal)!;

    /// <summary>The leaf hash of the last record.</summary>
    private static byte[] Previous(string folder)
    {
        var bytes = File.ReadAllBytes(Segment(folder));
        var (at, last) = (72, 72);
        while (at < bytes.Length)
        {
            (last, at) = (at, at + Frame.HeaderLength + BitConverter.ToInt32(bytes, at));
        }

        return System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(last + Frame.LeafOffset));
    }

    /// <summary>Appends what anybody can make who can write the file: everything is right but the key.</summary>
    private static async Task AppendForgedAsync(string folder, Ed25519PrivateKey key)
    {
        var log = LogDescription.Read(folder)!.Log;
        var index = JournalVerifier.Verify(folder).Records;
        var previous = Convert.ToHexStringLower(Previous(folder));
        var record = Encoding.UTF8.GetBytes(
            $"{{\"body\":{{\"n\":9}},\"index\":{index},\"log\":\"{log}\",\"previous\":\"{previous}\","
                + "\"schema\":\"gateway.record/v1\",\"time\":\"2030-01-01T00:00:00.000Z\",\"type\":\"change\"}"
        );
        var frame = new byte[Frame.HeaderLength + record.Length];
        record.CopyTo(frame, Frame.HeaderLength);
        using var hash = new LogKeys(key, []).TagsOf(LogOrigin.Of(log)).CreateHash();
        RecordTags.Write(hash, System.Security.Cryptography.SHA256.HashData(frame.AsSpan(Frame.LeafOffset)), Frame.TagOf(frame.AsSpan()));
        Frame.Seal(frame);
        await File.AppendAllBytesAsync(Segment(folder), frame);
    }
}
