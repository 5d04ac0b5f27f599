using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log;

/// <summary>
/// A disk that is full, broken, slow or gone: nothing is acknowledged, nothing acknowledged is lost, and the log goes on when it is back.
/// </summary>
public sealed class JournalFaultTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task Append_WhenTheDiskIsFull_RefusesAndGoesOnAfterwards(int bytesThatFit)
    {
        var full = false;
        var disk = new Disk
        {
            Write = (file, bytes, offset) =>
            {
                if (full)
                {
                    RandomAccess.Write(file, bytes[..Math.Min(bytesThatFit, bytes.Length)], offset);
                    throw new IOException("No space left on device");
                }

                RandomAccess.Write(file, bytes, offset);
            },
        };
        await using var log = _journal.Open(disk);
        await AppendAsync(log, Durability.Written);

        full = true;
        await RefusedAsync(log, Durability.Written);
        await RefusedAsync(log, Durability.Synced);
        full = false;

        Assert.Equal(1, (await AppendAsync(log, Durability.Written)).Index);
        Assert.Equal(2, (await AppendAsync(log, Durability.Synced)).Index);
        Good(log, 3);
    }

    [Fact]
    public async Task Append_WhenTheSyncFails_RefusesUntilTheTailIsWrittenAgain()
    {
        var broken = false;
        var rewritten = 0L;
        var disk = new Disk
        {
            Flush = file =>
            {
                if (broken)
                {
                    throw new IOException("Input/output error");
                }

                FileSync.Flush(file);
            },
            Write = (file, bytes, offset) =>
            {
                rewritten = offset;
                RandomAccess.Write(file, bytes, offset);
            },
        };
        await using var log = _journal.Open(disk);
        await AppendAsync(log, Durability.Synced);
        var synced = rewritten;
        await AppendAsync(log, Durability.Written);

        broken = true;
        await RefusedAsync(log, Durability.Synced);
        await RefusedAsync(log, Durability.Written);
        await RefusedAsync(log, Durability.Synced);
        Assert.InRange(rewritten, synced + 1, long.MaxValue);
        broken = false;

        var next = await AppendAsync(log, Durability.Synced);

        // The record whose sync failed is in the log: it was only never relied upon.
        Assert.Equal(3, next.Index);
        Good(log, 4);
    }

    [Fact]
    public async Task Append_WhenTheSyncFailsOnce_IsNotTakenForDoneByTheNext()
    {
        var failures = 0;
        var writes = new List<long>();
        var disk = new Disk
        {
            Flush = file => Fail(ref failures),
            Write = (file, bytes, offset) =>
            {
                writes.Add(offset);
                RandomAccess.Write(file, bytes, offset);
            },
        };
        await using var log = _journal.Open(disk);
        await AppendAsync(log, Durability.Written);

        failures = 1;
        await RefusedAsync(log, Durability.Synced);
        await AppendAsync(log, Durability.Synced);

        // The header, two records, everything since the last good sync again, the third record.
        Assert.Equal([0, 72, writes[2], 72, writes[4]], writes);
        Good(log, 3);

        static void Fail(ref int failures)
        {
            if (failures-- > 0)
            {
                throw new IOException("Input/output error");
            }
        }
    }

    [Theory]
    [InlineData(Durability.Written)]
    [InlineData(Durability.Synced)]
    public async Task Append_WhenTheFolderIsGone_RefusesAndGoesOnWhenItIsBack(Durability durability)
    {
        await using var log = _journal.Open();
        await AppendAsync(log, durability);
        Directory.Move(log.Folder, log.Folder + ".away");
        AwaitALook(durability);

        await RefusedAsync(log, durability);
        await RefusedAsync(log, durability);
        Directory.Move(log.Folder + ".away", log.Folder);

        // What is to be synced is seen to be lost only once it is written: it is in the log, and nobody relies on it.
        var lost = durability == Durability.Synced ? 1 : 0;
        Assert.Equal(1 + lost, (await AppendAsync(log, durability)).Index);
        Good(log, 2 + lost);
    }

    /// <summary>What waits for the disk has its file looked for each time; for the rest one look serves some milliseconds.</summary>
    private void AwaitALook(Durability durability)
    {
        if (durability == Durability.Written)
        {
            _journal.Time.Advance(Segment.LookEvery);
        }
    }

    [Fact]
    public async Task Append_WhenTheFileWasDeleted_RefusesForGood()
    {
        await using var log = _journal.Open();
        await AppendAsync(log, Durability.Written);
        File.Delete(Directory.GetFiles(log.Folder, "segment-*")[0]);
        AwaitALook(Durability.Written);

        await RefusedAsync(log, Durability.Written);
        await RefusedAsync(log, Durability.Written);
    }

    [Fact]
    public async Task Append_WhenAnotherFileStandsInItsPlace_Refuses()
    {
        await using var log = _journal.Open();
        await AppendAsync(log, Durability.Written);
        var file = Directory.GetFiles(log.Folder, "segment-*")[0];
        var bytes = File.ReadAllBytes(file);
        bytes[^3] ^= 1;
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
        AwaitALook(Durability.Written);

        await RefusedAsync(log, Durability.Written);
        await RefusedAsync(log, Durability.Written);
    }

    [Fact]
    public async Task Append_WhenANewSegmentCannotBeMade_RefusesAndGoesOnAfterwards()
    {
        await using var log = _journal.Open();
        var blocked = "";
        var acknowledged = 0L;
        while (blocked.Length == 0)
        {
            acknowledged = (await AppendAsync(log, Durability.Written)).Index;
            if (new FileInfo(Directory.GetFiles(log.Folder, "segment-*")[0]).Length >= _journal.Options.SegmentBytes)
            {
                blocked = Path.Combine(log.Folder, SegmentName.Of(acknowledged + 1));
                Directory.CreateDirectory(blocked);
            }
        }

        await RefusedAsync(log, Durability.Written);
        await RefusedAsync(log, Durability.Synced);
        Directory.Delete(blocked);

        Assert.Equal(acknowledged + 1, (await AppendAsync(log, Durability.Written)).Index);
        Good(log, acknowledged + 2);
    }

    [Fact]
    public async Task Append_WhenTheQueueIsFull_RefusesAtOnceAndLosesNothing()
    {
        _journal.Options.QueueRecords = 4;
        using var stuckDisk = new StuckDisk();
        await using var log = _journal.Open(stuckDisk.Disk);
        stuckDisk.Stick();
        var stuck = Task.Run(() => AppendAsync(log, Durability.Written).AsTask());
        stuckDisk.Entered();

        var waiting = Enumerable.Range(0, 4).Select(_ => AppendAsync(log, Durability.Written).AsTask()).ToArray();
        await RefusedAsync(log, Durability.Written);
        Assert.Equal(4, log.Backlog);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        stuckDisk.GoOn();

        await stuck;
        Assert.Equal(4, (await Task.WhenAll(waiting)).Select(r => r.Index).Distinct().Count());
        Good(log, 5);
    }

    [Theory]
    [InlineData(6, 24)]
    [InlineData(60, 100)]
    public async Task Append_AfterASlowWrite_LeavesWritingToTheThreadForItForFourTimesAsLongButNotForLong(int took, int pause)
    {
        var writers = new List<string?>();
        var disk = new Disk
        {
            Write = (file, bytes, offset) =>
            {
                writers.Add(Thread.CurrentThread.Name);
                _journal.Time.Advance(TimeSpan.FromMilliseconds(writers.Count == 2 ? took : 0));
                RandomAccess.Write(file, bytes, offset);
            },
        };
        await using var log = _journal.Open(disk);
        await AppendAsync(log, Durability.Written);
        _journal.Time.Advance(TimeSpan.FromMilliseconds(pause - 1));
        await AppendAsync(log, Durability.Written);
        Assert.Equal([false, false, true], writers.Select(ByTheThread)); // The first is the segment's header.

        // Not at the first try: the thread completes an append a moment before it lets go of the log.
        _journal.Time.Advance(TimeSpan.FromMilliseconds(1));
        for (var tries = 0; tries < 1000 && ByTheThread(writers[^1]); tries++)
        {
            await Task.Yield();
            await AppendAsync(log, Durability.Written);
        }

        Assert.False(ByTheThread(writers[^1]));

        static bool ByTheThread(string? writer) => writer == "journal write";
    }

    [Fact]
    public async Task Append_WithMoreWaitingThanItsOwnerTakesAlong_LeavesNobodyBehind()
    {
        using var stuckDisk = new StuckDisk();
        _journal.Options.SegmentBytes = 1 << 20;
        await using var log = _journal.Open(stuckDisk.Disk);
        for (var round = 0; round < 20; round++)
        {
            stuckDisk.Stick();
            var stuck = Task.Run(() => AppendAsync(log, Durability.Written).AsTask());
            stuckDisk.Entered();
            var waiting = Enumerable.Range(0, 100).Select(_ => AppendAsync(log, Durability.Written).AsTask()).ToArray();
            stuckDisk.GoOn();

            await stuck.WaitAsync(TimeSpan.FromMinutes(1));
            await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, log.Backlog);
        Good(log, 20 * 101);
    }

    [Fact]
    public async Task Close_WhileAnAppendIsStuckAndTakesTheQueueAlong_Ends()
    {
        _journal.Options.SegmentBytes = 1 << 20; // Or an append that finds the segment full would go by the queue, and be refused.
        for (var round = 0; round < 100; round++)
        {
            using var stuckDisk = new StuckDisk();
            var log = _journal.Open(stuckDisk.Disk);
            stuckDisk.Stick();
            var stuck = Task.Run(() => AppendAsync(log, Durability.Written).AsTask());
            stuckDisk.Entered();
            var waiting = AppendAsync(log, Durability.Written).AsTask();

            // The writing thread is told, finds the log taken, and waits for it. It gets some turns for that, not a time: the close must
            // end either way.
            var closed = log.DisposeAsync().AsTask();
            for (var turn = 0; turn < 200; turn++)
            {
                Thread.Yield();
            }

            stuckDisk.GoOn();

            await closed.WaitAsync(TimeSpan.FromMinutes(1));
            await stuck;
            await Task.WhenAny(waiting); // Written along, or refused because the log was closed.
        }
    }

    [Fact]
    public async Task Append_GivenUpWhileItWaits_IsDroppedAndTheRestGoesOn()
    {
        using var stuckDisk = new StuckDisk();
        await using var log = _journal.Open(stuckDisk.Disk);
        stuckDisk.Stick();
        var stuck = Task.Run(() => AppendAsync(log, Durability.Written).AsTask());
        stuckDisk.Entered();
        using var deadline = new CancellationTokenSource();
        var late = TestJournal.AppendAsync(log, RecordType.Change, "{}", Durability.Written, deadline.Token).AsTask();
        var next = AppendAsync(log, Durability.Written).AsTask();

        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        stuckDisk.GoOn();

        Assert.Equal((0, 1), ((await stuck).Index, (await next).Index));
        Good(log, 2);
    }

    [Fact]
    public async Task Append_OnADiskThatKeepsFailing_KeepsEveryRecordThatItAcknowledged()
    {
        var (writes, flushes, healthy) = (0, 0, true);
        var disk = new Disk
        {
            Write = (file, bytes, offset) =>
            {
                var fails = !healthy && Interlocked.Increment(ref writes) % 7 == 0;
                RandomAccess.Write(file, fails ? bytes[..(bytes.Length / 2)] : bytes, offset);
                if (fails)
                {
                    throw new IOException("No space left on device");
                }
            },
            Flush = file =>
            {
                if (!healthy && Interlocked.Increment(ref flushes) % 3 == 0)
                {
                    throw new IOException("Input/output error");
                }
            },
        };
        await using var log = _journal.Open(disk);
        healthy = false;
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(a => Task.Run(() => AppendToAsync(log, 200, a))));
        healthy = true;
        await AppendAsync(log, Durability.Synced);

        var leaves = JournalLogTests.Records(log.Folder).Select(r => Sha256Digest.Compute([0, .. Encoding.UTF8.GetBytes(r)])).ToArray();
        var receipts = kept.SelectMany(k => k).ToArray();
        Assert.NotEmpty(receipts);
        Assert.Equal(receipts.Length, receipts.Select(r => r.Index).Distinct().Count());
        Assert.All(receipts, receipt => Assert.Equal(receipt.Leaf, leaves[receipt.Index]));
        Good(log, leaves.Length);
    }

    [Fact]
    public async Task Open_WhereTheRootIsAFile_SaysThatTheJournalIsUnavailable()
    {
        await File.WriteAllTextAsync(_journal.Root, "");

        Assert.Throws<JournalUnavailableException>(() => _journal.Open());
    }

    /// <summary>Appends and goes on whatever is refused; returns the receipts.</summary>
    private static async Task<List<RecordReceipt>> AppendToAsync(JournalLog log, int records, int appender)
    {
        var receipts = new List<RecordReceipt>();
        for (var i = 0; i < records; i++)
        {
            try
            {
                receipts.Add(
                    await TestJournal.AppendAsync(
                        log,
                        RecordType.Change,
                        $"{{\"a\":{appender},\"i\":{i}}}",
                        i % 3 == 0 ? Durability.Synced : Durability.Written
                    )
                );
            }
            catch (JournalUnavailableException)
            {
                // Refused: it promises nothing.
            }
        }

        return receipts;
    }

    private static ValueTask<RecordReceipt> AppendAsync(JournalLog log, Durability durability) =>
        TestJournal.AppendAsync(log, RecordType.Change, "{\"a\":\"0123456789\"}", durability);

    private static async Task RefusedAsync(JournalLog log, Durability durability) =>
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await AppendAsync(log, durability));

    private static void Good(JournalLog log, long records)
    {
        var result = JournalVerifier.Verify(log.Folder);
        Assert.Null(result.Problem);
        Assert.Equal(records, result.Records);
    }
}
