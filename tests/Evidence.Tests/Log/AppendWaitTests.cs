using Gateway.Evidence.Log;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Tests.Log;

/// <summary>The bound on how long an append waits.</summary>
public sealed class AppendWaitTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TestJournal _journal = new();
    private readonly TimersCounted _time = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Append_ThatNeedNotWait_MakesNoTimer()
    {
        await using var log = Open(Disk.Real);

        for (var i = 0; i < 10; i++)
        {
            await AppendAsync(log, Durability.Written, Long);
        }

        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task Append_ThatWaitsForItsTurn_EndsAtItsBoundAndTheRestGoesOn()
    {
        using var stuckDisk = new StuckDisk();
        await using var log = Open(stuckDisk.Disk);
        stuckDisk.Stick();
        var stuck = Task.Run(() => AppendAsync(log, Durability.Written, Short));
        stuckDisk.Entered();

        var next = AppendAsync(log, Durability.Written, Long);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppendAsync(log, Durability.Written, Short));
        stuckDisk.GoOn();

        Assert.Equal((0, 1), ((await stuck).Index, (await next).Index));
        Assert.Equal(2, _time.Timers);
    }

    [Fact]
    public async Task Append_ThatWaitsForTheDisk_EndsAtItsBoundAlthoughTheRecordLands()
    {
        using var go = new ManualResetEventSlim(true);
        await using var log = Open(new Disk { Flush = _ => go.Wait() });
        go.Reset();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AppendAsync(log, Durability.Synced, Short));
        go.Set();

        Assert.Equal(1, (await AppendAsync(log, Durability.Synced, Long)).Index);
    }

    [Fact]
    public async Task Append_WithoutTimeToWait_IsAMistake()
    {
        await using var log = Open(Disk.Real);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AppendAsync(log, Durability.Written, TimeSpan.Zero));
    }

    private static async Task<RecordReceipt> AppendAsync(JournalLog log, Durability durability, TimeSpan longest) =>
        await log.AppendAsync(new RecoveryRecord { BytesCut = 0, OutcomeUnknown = [] }, durability, longest);

    private JournalLog Open(Disk disk) => JournalLog.Open(_journal.Options, "acme", TestJournal.Keys, _time, disk);

    /// <summary>
    /// A clock that stands, so that no append goes by the queue because the machine was busy; its timers are the system's.
    /// </summary>
    private sealed class TimersCounted : TimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override long GetTimestamp() => 1;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
