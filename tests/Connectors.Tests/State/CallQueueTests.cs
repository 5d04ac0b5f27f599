using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

public sealed class CallQueueTests : IDisposable
{
    private static readonly long Long = Micros.From(TimeSpan.FromMinutes(5));

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RedisClock _clock = new(TimeProvider.System);
    private readonly ConcurrentQueue<(string[] Asks, TaskCompletionSource<ScriptReply[]?> End, Action<ScriptReply[]> Late)> _calls = new();
    private readonly SemaphoreSlim _gone = new(0);
    private readonly CallQueue _queue;

    public CallQueueTests() => _queue = NewQueue(TimeProvider.System);

    public void Dispose() => _gone.Dispose();

    [Fact]
    public void First_GoesAtOnce_AndThoseThatComeMeanwhileGoTogetherInTheirOrder()
    {
        for (var i = 0; i < 5; i++)
        {
            _ = Ask(i);
        }

        Assert.Equal(["0"], Next(Replies(1)));
        Assert.Equal(["1", "2", "3", "4"], Next(Replies(4)));
        Assert.Empty(_calls);

        _ = Ask(5);
        Assert.Equal(["5"], Next(Replies(1)));
    }

    [Fact]
    public void Call_TakesNoMoreThanItsBound()
    {
        for (var i = 0; i < 1 + CallQueue.MaxBatchSize + 3; i++)
        {
            _ = Ask(i);
        }

        Next(Replies(1));
        Assert.Equal(CallQueue.MaxBatchSize, Next(Replies(CallQueue.MaxBatchSize)).Length);
        Assert.Equal(3, Next(Replies(3)).Length);
    }

    [Fact]
    public async Task Each_GetsItsOwnAnswer()
    {
        var asks = Enumerable.Range(0, 4).Select(Ask).ToArray();

        Next(Replies(1));
        Next([Reply('A'), Reply('P'), Reply('R')]);

        Assert.Equal("AAPR", new string((await Task.WhenAll(asks)).Select(reply => (char)reply.Word).ToArray()));
    }

    [Fact]
    public async Task NoAnswer_RefusesAll_AndTheNextGoOn()
    {
        var asks = Enumerable.Range(0, 3).Select(Ask).ToArray();
        Next(Replies(1));
        Next(null);

        Assert.Equal([default, default], await Task.WhenAll(asks[1..]));
        var after = Ask(3);
        Next(Replies(1));
        Assert.Equal(ScriptReply.Good, (await after).Word);
    }

    [Fact]
    public async Task Fault_IsThrownToEachOfTheCall_AndTheNextGoOn()
    {
        var asks = Enumerable.Range(0, 3).Select(Ask).ToArray();
        Next(Replies(1));
        Assert.True(_calls.TryDequeue(out var call));
        call.End.SetException(new FormatException("ours"));

        await Assert.ThrowsAsync<FormatException>(() => asks[1]);
        await Assert.ThrowsAsync<FormatException>(() => asks[2]);
        var after = Ask(3);
        Next(Replies(1));
        Assert.Equal(ScriptReply.Good, (await after).Word);
    }

    [Fact]
    public async Task WhoRunsOutOfTime_IsRefusedThen_AndNotHeldByWhoHasMore()
    {
        _ = Ask(0);
        var hasted = _queue.AdmitAsync(Request(1), _clock.Local + 1000).AsTask();
        var patient = Ask(2);
        Next(Replies(1));

        Assert.Equal(default, await hasted);
        Assert.False(patient.IsCompleted);
        Next(Replies(2));
        Assert.Equal(ScriptReply.Good, (await patient).Word);
    }

    [Fact]
    public async Task WhatIsAdmittedForOneWhoIsGone_IsGivenBack()
    {
        _ = Ask(0);
        var hasted = _queue.AdmitAsync(Limited(1), _clock.Local + 1000).AsTask();
        _ = Ask(2);
        Next(Replies(1));
        Assert.Equal(default, await hasted);
        await _gone.WaitAsync(Patience);
        await _gone.WaitAsync(Patience);

        Next(Replies(2));

        await _gone.WaitAsync(Patience);
        Assert.Equal(["settle 1"], Next(Replies(1)));
    }

    [Fact]
    public async Task WhatIsAdmittedByAnAnswerThatComesTooLate_IsGivenBack()
    {
        var refused = _queue.AdmitAsync(Limited(0), _clock.Local + Long).AsTask();
        Assert.True(_calls.TryDequeue(out var call));
        call.End.SetResult(null);
        Assert.Equal(default, await refused);
        await _gone.WaitAsync(Patience);

        call.Late([Reply('P')]);
        Assert.Empty(_calls);
        call.Late(Replies(1));

        await _gone.WaitAsync(Patience);
        Assert.Equal(["settle 0"], Next(Replies(1)));
    }

    [Fact]
    public async Task WhatIsGivenBack_HasNoMoreTimeThanAnyAsk_SinceOthersMayWaitBehindIt()
    {
        const long Within = 1000;
        using var batches = new BlockingCollection<(CallBatch Batch, Action<ScriptReply[]> Late)>();
        var queue = new CallQueue(
            _clock,
            TimeProvider.System,
            Within,
            (batch, late) =>
            {
                batches.Add((batch, late));
                return Task.FromResult<ScriptReply[]?>(null);
            }
        );
        Assert.Equal(default, await queue.AdmitAsync(Limited(0), _clock.Local + Long));

        batches.Take().Late(Replies(1));

        Assert.True(batches.TryTake(out var back, Patience));
        Assert.Equal("0", Assert.Single(back.Batch.Settlements).Item.Request.RequestId);
        Assert.InRange(back.Batch.Until, 0, _clock.Local + Within);
    }

    [Fact]
    public async Task AnswerThatComesJustAsTimeRunsOut_IsAnAnswerOrNone_AndNeverAFault()
    {
        for (var round = 0; round < 1000; round++)
        {
            var first = Ask(0);
            var until = _clock.Local + 1000;
            var hasted = _queue.AdmitAsync(Request(1), until).AsTask();
            var patient = Ask(2);
            Next(Replies(1));
            SpinWait.SpinUntil(() => _clock.Local >= until + (round * 7 % 2000));
            Next(Replies(2));

            Assert.Contains((await hasted).Word, (byte[])[0, ScriptReply.Good]);
            Assert.Equal(ScriptReply.Good, (await patient).Word);
            Assert.Equal(ScriptReply.Good, (await first).Word);
        }
    }

    [Fact]
    public void Settlement_GoesWithTheNextAdmission_AndBeforeIt()
    {
        var queue = NewQueue(new StoppedTimers());
        var settled = Settle(queue, 0);
        Assert.Empty(_calls);

        _ = queue.AdmitAsync(Request(1), _clock.Local + Long);

        Assert.False(settled.IsCompleted);
        Assert.Equal(["settle 0", "1"], Next(Replies(2)));
        Assert.True(settled.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Settlement_WithoutAnAdmission_GoesAlone_AfterTheCallThatIsOnItsWayToo()
    {
        var alone = Settle(_queue, 0);
        await _gone.WaitAsync(Patience);
        Assert.Equal(["settle 0"], Next(Replies(1)));
        Assert.Equal(ScriptReply.Good, (await alone).Word);

        _ = Ask(1);
        await _gone.WaitAsync(Patience);
        var behind = Settle(_queue, 2);
        Next(Replies(1));
        await _gone.WaitAsync(Patience);
        Assert.Equal(["settle 2"], Next(Replies(1)));
        Assert.Equal(ScriptReply.Good, (await behind).Word);
    }

    [Fact]
    public void Settlements_ThatFillACall_WaitForNobody()
    {
        var queue = NewQueue(new StoppedTimers());
        for (var i = 0; i < CallQueue.MaxBatchSize; i++)
        {
            _ = Settle(queue, i);
        }

        Assert.Equal(CallQueue.MaxBatchSize, Next(Replies(CallQueue.MaxBatchSize)).Length);
    }

    [Fact]
    public void NeitherKind_KeepsTheOtherOutOfACall()
    {
        _ = Ask(0);
        for (var i = 1; i <= CallQueue.MaxBatchSize; i++)
        {
            _ = Settle(_queue, i);
            _ = Ask(i);
        }

        Next(Replies(1));
        var first = Next(Replies(CallQueue.MaxBatchSize));
        Assert.Equal(CallQueue.MaxBatchSize, first.Length);
        Assert.Equal(CallQueue.MaxBatchSize / 2, first.Count(ask => ask.StartsWith("settle", StringComparison.Ordinal)));
        Assert.Equal(CallQueue.MaxBatchSize, Next(Replies(CallQueue.MaxBatchSize)).Length);
        Assert.Empty(_calls);
    }

    [Fact]
    public void Calls_GoAsManyAtOnceAsMayBe_AndTheNextWithTheFirstThatEnds()
    {
        var queue = NewQueue(TimeProvider.System, busy: 0);
        for (var i = 0; i < CallQueue.MaxConcurrentCalls + 2; i++)
        {
            _ = queue.AdmitAsync(Request(i), _clock.Local + Long);
        }

        var calls = _calls.ToArray();
        Assert.Equal(
            [
                ["0"],
                ["1"],
            ],
            calls.Select(call => call.Asks)
        );
        calls[1].End.SetResult(Replies(1));
        Assert.Equal(["2", "3"], _calls.Last().Asks);
    }

    /// <param name="busy">How many calls are on their way, and stay there: all but one, so that a test can follow the others one by
    /// one.</param>
    private CallQueue NewQueue(TimeProvider time, int busy = CallQueue.MaxConcurrentCalls - 1)
    {
        var queue = new CallQueue(_clock, time, Long, CarryOut);
        for (var i = 0; i < busy; i++)
        {
            _ = queue.AdmitAsync(Request(i), _clock.Local + Long);
            Assert.True(_calls.TryDequeue(out _));
            Assert.True(_gone.Wait(0));
        }

        return queue;
    }

    private Task<ScriptReply[]?> CarryOut(CallBatch batch, Action<ScriptReply[]> late)
    {
        var end = new TaskCompletionSource<ScriptReply[]?>();
        _calls.Enqueue(
            (
                [
                    .. batch.Settlements.Select(asked => "settle " + asked.Item.Request.RequestId),
                    .. batch.Admissions.Select(asked => asked.Item.RequestId),
                ],
                end,
                late
            )
        );
        _gone.Release();
        return end.Task;
    }

    private Task<ScriptReply> Ask(int ask) => _queue.AdmitAsync(Request(ask), _clock.Local + Long).AsTask();

    private Task<ScriptReply> Settle(CallQueue queue, int ask) =>
        queue.SettleAsync(new(Request(ask), DateTimeOffset.UnixEpoch, 1), _clock.Local + Long).AsTask();

    private static AdmissionRequest Request(int ask) =>
        new()
        {
            Tenant = Id<Tenant>.Parse("acme"),
            RequestId = ask.ToString(CultureInfo.InvariantCulture),
            Epoch = 0,
        };

    private static AdmissionRequest Limited(int ask) => Request(ask) with { Concurrency = [new("c", 1)] };

    /// <summary>Ends the call that is on its way, and gives what it asked.</summary>
    private string[] Next(ScriptReply[]? replies)
    {
        Assert.True(_calls.TryDequeue(out var call));
        Assert.Empty(_calls);
        call.End.SetResult(replies);
        return call.Asks;
    }

    private static ScriptReply Reply(char word) => new((byte)word, 1, 0, 0, 0);

    private static ScriptReply[] Replies(int count) => Enumerable.Repeat(Reply('A'), count).ToArray();

    /// <summary>Whose timers never fire.</summary>
    private sealed class StoppedTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(callback, state, Timeout.Infinite, Timeout.Infinite);
    }
}
