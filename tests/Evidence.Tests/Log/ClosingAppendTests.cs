using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log;

/// <summary>An append that comes to wait while its log closes.</summary>
public sealed class ClosingAppendTests : IDisposable
{
    /// <summary>More than the pool of waiting appends keeps, so that whatever was put back is given out again.</summary>
    private const int Many = 1200;

    private readonly TestJournal _closing = new();
    private readonly TestJournal _open = new();

    public void Dispose()
    {
        _closing.Dispose();
        _open.Dispose();
    }

    [Fact]
    public async Task Append_RefusedWhileItsLogStillHoldsIt_IsNoOtherLogsAppendAfterwards()
    {
        _open.Options.SegmentBytes = _closing.Options.SegmentBytes = 1 << 20;
        using var stuckDisk = new StuckDisk();
        using var time = new StuckTimers();
        var closing = JournalLog.Open(_closing.Options, "acme", TestJournal.Keys, time, stuckDisk.Disk);
        stuckDisk.Stick();
        var stuck = Task.Run(() => AppendAsync(closing));
        stuckDisk.Entered();
        var late = Task.Run(() => AppendAsync(closing));
        time.Entered(); // It found the log open, and doesn't wait in its queue yet.
        var closed = closing.DisposeAsync().AsTask();
        time.GoOn();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => late);

        // Others wait, and the log that closes looks through its queue.
        using var otherDisk = new StuckDisk();
        await using var open = _open.Open(otherDisk.Disk);
        otherDisk.Stick();
        var first = Task.Run(() => AppendAsync(open));
        otherDisk.Entered();
        var waiting = Enumerable.Range(0, Many).Select(_ => TestJournal.AppendAsync(open, RecordType.Change, "{}").AsTask()).ToArray();
        stuckDisk.GoOn();
        await closed;
        otherDisk.GoOn();

        var receipts = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Enumerable.Range(1, Many).Select(i => (open.Id, (long)i)), receipts.Select(receipt => (receipt.Log, receipt.Index)));
        Assert.Equal((0, 0), ((await stuck).Index, (await first).Index));
        Assert.Equal(1, JournalVerifier.Verify(_closing.Root).Records);
    }

    private static async Task<RecordReceipt> AppendAsync(JournalLog log) =>
        await log.AppendAsync(new RecoveryRecord { BytesCut = 0, OutcomeUnknown = [] }, Durability.Written, TimeSpan.FromMinutes(5));

    /// <summary>A clock that stands, and whose timers wait to be made: whoever makes one is about to wait in the queue.</summary>
    private sealed class StuckTimers : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _entered = new();
        private readonly ManualResetEventSlim _go = new();

        public void Entered() => _entered.Wait();

        public void GoOn() => _go.Set();

        public override long GetTimestamp() => 1;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _entered.Set();
            _go.Wait();
            return base.CreateTimer(callback, state, dueTime, period);
        }

        public void Dispose()
        {
            _entered.Dispose();
            _go.Dispose();
        }
    }
}
