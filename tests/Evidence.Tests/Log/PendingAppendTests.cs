using Gateway.Evidence.Log;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Tests.Log;

/// <summary>One that goes back to the pool is as if it had never been settled: that shows whether it did.</summary>
public sealed class PendingAppendTests
{
    private static readonly JournalUnavailableException Closed = JournalUnavailableException.Closed();

    [Fact]
    public async Task GiveUp_WhileTheJournalHoldsIt_KeepsItFromTheNextAppend()
    {
        var pending = Rent();

        pending.GiveUp(Closed);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => pending.Task.AsTask());

        Assert.True(pending.IsSettled);
    }

    [Fact]
    public async Task Cancel_WhileTheJournalHoldsIt_KeepsItFromTheNextAppend()
    {
        using var source = new CancellationTokenSource();
        var pending = Rent(source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Task.AsTask());

        Assert.True(pending.IsSettled);
    }

    [Fact]
    public async Task Fail_AfterItWasGivenUp_IsNoSecondEnd()
    {
        var pending = Rent();
        pending.GiveUp(new OperationCanceledException());

        pending.Fail(Closed);
        pending.Complete();

        await Assert.ThrowsAsync<OperationCanceledException>(() => pending.Task.AsTask());
        Assert.True(pending.IsSettled);
    }

    [Fact]
    public async Task GiveUp_AfterItWasWritten_ChangesNothing()
    {
        var pending = Rent();
        pending.Receipt = new RecordReceipt(default, 7, default);
        pending.Complete();

        pending.GiveUp(Closed);

        Assert.Equal(7, (await pending.Task).Index);
    }

    private static PendingAppend Rent(CancellationToken cancellationToken = default) =>
        PendingAppend.Rent(RecordType.Change, "{}"u8, synced: false, new AppendWait(cancellationToken));
}
