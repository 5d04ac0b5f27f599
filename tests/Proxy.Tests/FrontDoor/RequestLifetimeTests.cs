using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class RequestLifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void It_ends_with_its_caller()
    {
        using var connection = new CancellationTokenSource();
        using var lifetime = new RequestLifetimes().Start(connection.Token);

        connection.Cancel();

        Assert.True(lifetime is { Token.IsCancellationRequested: true, IsInterrupted: true, IsLate: false, KilledFor: ReasonCode.None });
    }

    [Fact]
    public void It_ends_when_it_is_killed()
    {
        using var lifetime = new RequestLifetimes().Start(CancellationToken.None);

        lifetime.Kill(ReasonCode.Interrupted);

        Assert.True(
            lifetime is { Token.IsCancellationRequested: true, IsInterrupted: true, IsLate: false, KilledFor: ReasonCode.Interrupted }
        );
    }

    [Fact]
    public void It_ends_when_its_step_took_too_long()
    {
        using var lifetime = new RequestLifetimes().Start(CancellationToken.None);

        lifetime.Within(TimeSpan.FromMilliseconds(1));

        Assert.True(lifetime.Token.WaitHandle.WaitOne(Patience));
        Assert.True(lifetime is { IsInterrupted: false, IsLate: true });
    }

    [Fact]
    public void A_step_that_begins_replaces_the_limit_before()
    {
        using var lifetime = new RequestLifetimes().Start(CancellationToken.None);
        lifetime.Within(TimeSpan.FromHours(1));

        lifetime.Within(TimeSpan.FromMilliseconds(1));

        Assert.True(lifetime.Token.WaitHandle.WaitOne(Patience));
    }

    [Fact]
    public void A_kill_that_comes_late_does_not_strike_the_next_request()
    {
        var lifetimes = new RequestLifetimes();
        var first = lifetimes.Start(CancellationToken.None);
        first.Dispose();
        using var next = lifetimes.Start(CancellationToken.None);
        Assert.Equal(first.Token, next.Token); // The same source, or this would show nothing.

        first.Kill(ReasonCode.Interrupted);

        Assert.False(next.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_ended_is_not_used_again(bool killed)
    {
        using var connection = new CancellationTokenSource();
        var lifetimes = new RequestLifetimes();
        var first = lifetimes.Start(connection.Token);
        (killed ? () => first.Kill(ReasonCode.Killed) : (Action)connection.Cancel)();
        first.Dispose();

        using var next = lifetimes.Start(CancellationToken.None);

        Assert.NotEqual(first.Token, next.Token);
        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Kills_and_leaving_callers_that_race_with_the_end_never_strike_the_next_request()
    {
        var lifetimes = new RequestLifetimes();
        for (var i = 0; i < 2000; i++)
        {
            using var connection = new CancellationTokenSource();
            using var start = new Barrier(3);
            var first = lifetimes.Start(connection.Token);
            var struck = Task.Run(() =>
            {
                start.SignalAndWait();
                first.Dispose();
                using var next = lifetimes.Start(CancellationToken.None);
                return next;
            });
            await Task.WhenAll(
                struck,
                Task.Run(() =>
                {
                    start.SignalAndWait();
                    first.Kill(ReasonCode.Interrupted);
                }),
                Task.Run(() =>
                {
                    start.SignalAndWait();
                    connection.Cancel();
                })
            );

            using var later = lifetimes.Start(CancellationToken.None);
            Assert.False((await struck).Token.IsCancellationRequested);
            Assert.False(later.Token.IsCancellationRequested);
        }
    }
}
