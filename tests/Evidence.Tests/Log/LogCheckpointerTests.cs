using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log;

public sealed class LogCheckpointerTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Close_SignsEverythingThatWasWritten()
    {
        var folder = await _journal.FillAsync(300);

        var head = Head(folder);
        Assert.Equal((300, $"gateway/log/{Path.GetFileName(folder)}"), (head.Size, head.Origin));
        Assert.Equal(300, JournalVerifier.Verify(folder, TestJournal.Keys.Public).Signed);
    }

    [Fact]
    public async Task Append_OfAThousand_IsSignedWithoutBeingAsked()
    {
        await using var log = _journal.Open();
        for (var i = 0; i < 1000; i++)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        }

        // Polled and not timed: within a second, or later on a slow machine.
        while (!File.Exists(Path.Combine(log.Folder, "checkpoint")) || Head(log.Folder).Size < 1000)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Heads_UnderSteadyAppends_AreSignedOnceAPeriodAtMost()
    {
        await using var log = JournalLog.Open(_journal.Options, "acme", TestJournal.Keys, TimeProvider.System, Disk.Real);
        var sizes = new HashSet<long>();
        var started = TimeProvider.System.GetTimestamp();
        while (sizes.Count < 3)
        {
            for (var i = 0; i < 20; i++)
            {
                await TestJournal.AppendAsync(log, RecordType.Change, "{}");
            }

            if (File.Exists(Path.Combine(log.Folder, "checkpoint")))
            {
                sizes.Add(Head(log.Folder).Size);
            }
        }

        // Three heads have two whole periods of a second between them, however many thousand records came in each.
        Assert.True(
            TimeProvider.System.GetElapsedTime(started).TotalSeconds > sizes.Count - 1,
            $"{sizes.Count} heads in {TimeProvider.System.GetElapsedTime(started)}"
        );
    }

    [Fact]
    public async Task Heads_OneAfterTheOther_AreConsistent()
    {
        var heads = new List<Checkpoint>();
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            foreach (var records in new[] { 1, 6, 255, 1, 300 })
            {
                for (var i = 0; i < records; i++)
                {
                    await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
                }

                Assert.True(log.TrySign());
                heads.Add(Head(folder));
            }
        }

        var last = heads[^1];
        var tiles = new TileReader(folder, last.Size);
        Assert.All(
            heads,
            head =>
                Assert.True(
                    ConsistencyProof.Verifies(
                        (ulong)head.Size,
                        (ulong)last.Size,
                        head.Root,
                        last.Root,
                        ConsistencyProof.Make(head.Size, last.Size, tiles.Subtree)
                    )
                )
        );
    }

    [Fact]
    public async Task Tiles_OfAHead_AreThoseOfTheSpecification()
    {
        var folder = await _journal.FillAsync(600);

        Assert.Equal(
            ["0/000", "0/001", "0/002.p/88", "1/000.p/2", "entries/000", "entries/001", "entries/002.p/88"],
            Directory
                .GetFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Path.Combine(folder, "tile"), file))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(8192, new FileInfo(Path.Combine(folder, "tile/0/000")).Length);
        var bundle = await File.ReadAllBytesAsync(Path.Combine(folder, "tile/entries/002.p/88"));
        Assert.True(EntryBundle.TryFind(bundle, 87, out var offset, out var length));
        Assert.StartsWith(
            "{\"body\":{\"n\":599},\"index\":599,",
            System.Text.Encoding.UTF8.GetString(bundle.AsSpan(offset, length)),
            StringComparison.Ordinal
        );
        Assert.Equal(bundle.Length, offset + length);
    }

    [Fact]
    public async Task Tiles_WrittenInOneGoOrInMany_AreTheSame()
    {
        var folder = await _journal.FillAsync(300);
        await _journal.FillAsync(300);
        var before = Tiles(folder);
        TestJournal.ForgetTree(folder);

        await using (var log = _journal.Open())
        {
            Assert.True(log.TrySign());
        }

        Assert.Equal(before, Tiles(folder));
    }

    [Fact]
    public async Task Append_WhileTheTilesCantBeWritten_IsRefusedAndGoesOnByItself()
    {
        await using var log = _journal.Open();
        var tile = Path.Combine(log.Folder, "tile");
        await File.WriteAllTextAsync(tile, "in the way");
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");

        Assert.False(log.TrySign());
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            TestJournal.AppendAsync(log, RecordType.Change, "{}").AsTask()
        );
        Assert.Contains("can't be signed", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(log.Folder, "checkpoint")));

        File.Delete(tile);
        Assert.True(log.TrySign());
        Assert.Equal(1, (await TestJournal.AppendAsync(log, RecordType.Change, "{}")).Index);
        Assert.True(log.TrySign());
        Assert.Equal(2, JournalVerifier.Verify(log.Folder, TestJournal.Keys.Public).Signed);
    }

    [Fact]
    public async Task Sign_WhatIsNoLongerWhatWasWritten_IsRefusedAndTheAppendsToo()
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Change, "{\"n\":1}");
        var segment = Directory.GetFiles(log.Folder, "segment-*")[0];
        var bytes = await File.ReadAllBytesAsync(segment);
        await WriteAsync(segment, [.. bytes[..^10], (byte)(bytes[^10] ^ 1), .. bytes[^9..]]);

        Assert.False(log.TrySign());
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            TestJournal.AppendAsync(log, RecordType.Change, "{}").AsTask()
        );
        Assert.Contains(segment, error.Message, StringComparison.Ordinal);

        await WriteAsync(segment, bytes);
        Assert.True(log.TrySign());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Sign_ARecordThatSomebodyMadeAnew_IsRefusedAlthoughItsFrameAndItsChainAreGood(int records)
    {
        await using var log = _journal.Open();
        var last = 0;
        var segment = "";
        for (var i = 0; i < records; i++)
        {
            segment = Directory.GetFiles(log.Folder, "segment-*")[0];
            last = (int)new FileInfo(segment).Length;
            await TestJournal.AppendAsync(log, RecordType.Change, "{\"n\":1}");
        }

        var bytes = await File.ReadAllBytesAsync(segment);
        var anew = (byte[])bytes.Clone();
        anew[last + Frame.HeaderLength + "{\"body\":{\"n\":".Length] = (byte)'2';
        Frame.Seal(anew.AsSpan(last));
        await WriteAsync(segment, anew);
        Assert.Null(JournalVerifier.Verify(log.Folder).Problem);

        Assert.False(log.TrySign());
        Assert.False(File.Exists(Path.Combine(log.Folder, "checkpoint")));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => TestJournal.AppendAsync(log, RecordType.Change, "{}").AsTask());

        await WriteAsync(segment, bytes);
        Assert.True(log.TrySign());
        Assert.Equal(records, Head(log.Folder).Size);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sign_WhenTheSegmentIsGoneOrShorter_IsRefusedWithoutAnAppend(bool gone)
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        Assert.True(log.TrySign());
        var segment = Directory.GetFiles(log.Folder, "segment-*")[0];
        var signed = await File.ReadAllBytesAsync(segment);
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        File.Move(segment, segment + ".away");
        if (!gone)
        {
            await File.WriteAllBytesAsync(segment, signed);
        }

        Assert.False(log.TrySign());
        await Assert.ThrowsAsync<JournalUnavailableException>(() => TestJournal.AppendAsync(log, RecordType.Change, "{}").AsTask());

        File.Move(segment + ".away", segment, overwrite: true);
        Assert.True(log.TrySign());
        Assert.Equal(2, Head(log.Folder).Size);
    }

    [Fact]
    public async Task UnsignedFor_GrowsFromTheFirstRecordOn_UntilAHeadIsSigned()
    {
        await using var log = JournalLog.Open(_journal.Options, "acme", TestJournal.Keys, TimeProvider.System, Disk.Real);
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        Assert.True(log.TrySign());
        Assert.Equal(TimeSpan.Zero, log.UnsignedFor);
        var segment = Directory.GetFiles(log.Folder, "segment-*")[0];
        var began = TimeProvider.System.GetTimestamp();
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        File.Move(segment, segment + ".away");

        while (log.UnsignedFor < TimeSpan.FromSeconds(1.5))
        {
            Assert.False(log.TrySign());
            await Task.Delay(5); // And so its own thread tries.
        }

        Assert.True(log.UnsignedFor <= TimeProvider.System.GetElapsedTime(began));
        File.Move(segment + ".away", segment);
        Assert.True(log.TrySign());
        Assert.Equal(TimeSpan.Zero, log.UnsignedFor);
    }

    [Fact]
    public async Task Sign_WhenTheDiskDoesntSync_SignsNothing()
    {
        var fails = false;
        var disk = new Disk
        {
            Flush = file =>
            {
                if (fails)
                {
                    throw new IOException("no sync");
                }
                FileSync.Flush(file);
            },
        };
        await using var log = _journal.Open(disk);
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        fails = true;
        Assert.False(log.TrySign());
        Assert.False(File.Exists(Path.Combine(log.Folder, "checkpoint")));

        fails = false;
        await TestJournal.AppendAsync(log, RecordType.Change, "{}");
        Assert.True(log.TrySign());
        Assert.Equal(2, Head(log.Folder).Size);
    }

    private static async Task WriteAsync(string file, byte[] content)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await stream.WriteAsync(content);
    }

    private static Checkpoint Head(string folder)
    {
        Assert.Null(Checkpoint.Open(File.ReadAllBytes(Path.Combine(folder, "checkpoint")), null, TestJournal.Keys.Public, out var head));
        return head!;
    }

    private static Dictionary<string, string> Tiles(string folder) =>
        Directory
            .GetFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
}
