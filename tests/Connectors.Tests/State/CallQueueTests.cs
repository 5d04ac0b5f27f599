using System.Collections.Concurrent;
using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class CallQueueTests
{
    private static readonly long Long = Micros.From(TimeSpan.FromMinutes(5));

    private readonly RedisClock _clock = new(TimeProvider.System);
    private readonly ConcurrentQueue<(int[] Asks, TaskCompletionSource<ScriptReply[]?> End)> _calls = new();
    private readonly CallQueue<int> _queue;

    public CallQueueTests() => _queue = new(_clock, asks =>
    {
        var end = new TaskCompletionSource<ScriptReply[]?>();
        _calls.Enqueue((asks.Select(asked => asked.Ask).ToArray(), end));
        return end.Task;
    });

    [Fact]
    public void First_GoesAtOnce_AndThoseThatComeMeanwhileGoTogetherInTheirOrder()
    {
        for (var i = 0; i < 5; i++)
        {
            _ = Ask(i);
        }

        Assert.Equal([0], Next(Replies(1)));
        Assert.Equal([1, 2, 3, 4], Next(Replies(4)));
        Assert.Empty(_calls);

        _ = Ask(5);
        Assert.Equal([5], Next(Replies(1)));
    }

    [Fact]
    public void Call_TakesNoMoreThanItsBound()
    {
        for (var i = 0; i < 1 + CallQueue<int>.Most + 3; i++)
        {
            _ = Ask(i);
        }

        Next(Replies(1));
        Assert.Equal(CallQueue<int>.Most, Next(Replies(CallQueue<int>.Most)).Length);
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
        var hasted = _queue.AskAsync(1, _clock.Local + 1000).AsTask();
        var patient = Ask(2);
        Next(Replies(1));

        Assert.Equal(default, await hasted);
        Assert.False(patient.IsCompleted);
        Next(Replies(2));
        Assert.Equal(ScriptReply.Good, (await patient).Word);
    }

    [Fact]
    public async Task AnswerThatComesJustAsTimeRunsOut_IsAnAnswerOrNone_AndNeverAFault()
    {
        for (var round = 0; round < 1000; round++)
        {
            var first = Ask(0);
            var until = _clock.Local + 1000;
            var hasted = _queue.AskAsync(1, until).AsTask();
            var patient = Ask(2);
            Next(Replies(1));
            SpinWait.SpinUntil(() => _clock.Local >= until + (round * 7 % 2000));
            Next(Replies(2));

            Assert.Contains((await hasted).Word, (byte[])[0, ScriptReply.Good]);
            Assert.Equal(ScriptReply.Good, (await patient).Word);
            Assert.Equal(ScriptReply.Good, (await first).Word);
        }
    }

    private Task<ScriptReply> Ask(int ask) => _queue.AskAsync(ask, _clock.Local + Long).AsTask();

    /// <summary>Ends the call that is on its way, and gives what it asked.</summary>
    private int[] Next(ScriptReply[]? replies)
    {
        Assert.True(_calls.TryDequeue(out var call));
        Assert.Empty(_calls);
        call.End.SetResult(replies);
        return call.Asks;
    }

    private static ScriptReply Reply(char word) => new((byte)word, 1, 0, 0, 0);

    private static ScriptReply[] Replies(int count) => Enumerable.Repeat(Reply('A'), count).ToArray();
}
