using Gateway.Policy.Model;
using Gateway.Proxy.Forwarding;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class BreakerTests
{
    private static readonly CircuitBreaker Settings = new(0.5, 4, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

    private static readonly Id<Agent> One = Id<Agent>.Parse("one");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Breaker_is_closed_until_enough_requests_failed()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 3; i++)
        {
            Fail(breaker);
        }

        Enter(breaker).Report(SystemFault.None);
        Assert.NotNull(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Breaker_under_the_ratio_stays_closed()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 100; i++)
        {
            Enter(breaker).Report(i % 5 > 2 ? SystemFault.Provoked : SystemFault.None);
        }
    }

    [Fact]
    public void Failures_of_an_earlier_window_are_forgotten()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 3; i++)
        {
            Fail(breaker);
        }

        _time.Advance(Settings.Window + TimeSpan.FromMilliseconds(1));
        Fail(breaker);

        Assert.Null(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Open_breaker_says_how_long_the_pause_still_is()
    {
        var breaker = Open();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(3), breaker.TryEnter(One, out _));
    }

    [Fact]
    public void What_is_closed_is_said_until_an_attempt_succeeds_or_nobody_makes_one_any_more()
    {
        var breaker = Open();
        Assert.Equal((false, 1), breaker.Closed); // One agent alone closes only its own way.
        _time.Advance(Settings.OpenFor);
        Enter(breaker).Report(SystemFault.None);
        Assert.Equal((false, 0), breaker.Closed);

        while (!breaker.Closed.ToAll)
        {
            Enter(breaker).Report(SystemFault.Unreachable);
        }

        _time.Advance(Settings.OpenFor);
        Enter(breaker).Report(SystemFault.Unreachable);
        _time.Advance(Settings.OpenFor + Settings.Window);
        Assert.Equal((true, 0), breaker.Closed);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((false, 0), breaker.Closed);
    }

    [Fact]
    public void After_the_pause_one_request_may_try_and_no_other_beside_it()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);

        Assert.Null(breaker.TryEnter(One, out _));
        Assert.NotNull(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Probe_that_succeeds_closes_and_one_that_fails_opens_again()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        Fail(breaker);
        Assert.Equal(Settings.OpenFor, breaker.TryEnter(One, out _));

        _time.Advance(Settings.OpenFor);
        Enter(breaker).Report(SystemFault.None);
        Assert.Null(breaker.TryEnter(One, out _));
        Assert.Null(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Probe_that_tells_nothing_leaves_room_for_another()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        Enter(breaker).Abandon();

        Assert.Null(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Report_of_a_request_from_before_the_opening_changes_nothing_in_the_pause()
    {
        var (breaker, earlier) = OpenMeanwhile();

        earlier.Report(SystemFault.None);
        Assert.NotNull(breaker.TryEnter(One, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_the_probe_itself_says_how_the_system_is(bool isWell)
    {
        var (breaker, earlier) = OpenMeanwhile();
        _time.Advance(Settings.OpenFor);
        var probe = Enter(breaker);

        earlier.Report(isWell ? SystemFault.Provoked : SystemFault.None);
        Assert.NotNull(breaker.TryEnter(One, out _));
        probe.Report(isWell ? SystemFault.None : SystemFault.Provoked);
        Assert.Equal(isWell, breaker.TryEnter(One, out _) is null);
    }

    [Fact]
    public void Request_from_before_the_opening_that_tells_nothing_leaves_no_room_beside_the_probe()
    {
        var (breaker, earlier) = OpenMeanwhile();
        _time.Advance(Settings.OpenFor);
        Enter(breaker);

        earlier.Abandon();
        Assert.NotNull(breaker.TryEnter(One, out _));
    }

    [Fact]
    public void Failures_of_requests_from_before_the_opening_open_no_breaker_that_has_closed_again()
    {
        var breaker = new Breaker(Settings, _time);
        var earlier = Enumerable.Range(0, 8).Select(_ => Enter(breaker)).ToList();
        earlier[..4].ForEach(passage => passage.Report(SystemFault.Provoked));
        _time.Advance(Settings.OpenFor);
        Enter(breaker).Report(SystemFault.None);

        earlier[4..].ForEach(passage => passage.Report(SystemFault.Provoked));
        Assert.Null(breaker.TryEnter(One, out _));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_probes()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        using var start = new ManualResetEventSlim();
        var entering = Enumerable
            .Range(0, 16)
            .Select(_ =>
                Task.Run(() =>
                {
                    start.Wait();
                    return breaker.TryEnter(One, out BreakerPermit _);
                })
            )
            .ToList();
        start.Set();

        Assert.Single(await Task.WhenAll(entering), wait => wait is null);
    }

    private Breaker Open()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 4; i++)
        {
            Fail(breaker);
        }

        Assert.NotNull(breaker.TryEnter(One, out _));
        return breaker;
    }

    /// <summary>One that opened over a request that is still under way.</summary>
    private (Breaker Breaker, BreakerPermit Earlier) OpenMeanwhile()
    {
        var breaker = new Breaker(Settings, _time);
        var earlier = Enter(breaker);
        for (var i = 0; i < 4; i++)
        {
            Fail(breaker);
        }

        return (breaker, earlier);
    }

    private static void Fail(Breaker breaker) => Enter(breaker).Report(SystemFault.Provoked);

    private static BreakerPermit Enter(Breaker breaker)
    {
        Assert.Null(breaker.TryEnter(One, out var passage));
        return passage;
    }
}
