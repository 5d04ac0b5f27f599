using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class StallTolerantWaitTests
{
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(1);

    private readonly TaskCompletionSource _answer = new();

    [Fact]
    public async Task AnswerThatIsThereWhenTheProcessWakes_IsTaken() =>
        await StallTolerantWait.AwaitAsync(_answer.Task, Within, ClockOf(asleep: TimeSpan.FromMilliseconds(100)));

    [Fact]
    public async Task AnswerThatIsNotThereWhenTheTimerComesInTime_IsLate() =>
        await Assert.ThrowsAsync<TimeoutException>(() =>
            StallTolerantWait.AwaitAsync(_answer.Task, Within, ClockOf(asleep: TimeSpan.Zero))
        );

    [Fact]
    public async Task AnswerThatNeverComes_IsLateThoughTheProcessSlept() =>
        await Assert.ThrowsAsync<TimeoutException>(() =>
            StallTolerantWait.AwaitAsync(new TaskCompletionSource().Task, Within, ClockOf(asleep: TimeSpan.FromSeconds(1)))
        );

    /// <summary>
    /// A clock that is looked at when the wait begins and when its time is over; the answer comes right with the second look.
    /// </summary>
    private RedisClock ClockOf(TimeSpan asleep) => new(new WakingTime(Within + asleep, () => _answer.TrySetResult()));

    private sealed class WakingTime(TimeSpan slept, Action woken) : TimeProvider
    {
        private bool _begun;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            if (!_begun)
            {
                _begun = true;
                return 0;
            }

            woken();
            return slept.Ticks;
        }
    }
}
