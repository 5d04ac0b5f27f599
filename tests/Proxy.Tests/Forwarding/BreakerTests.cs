using Gateway.Policy.Model;
using Gateway.Proxy.Forwarding;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class BreakerTests
{
    private static readonly CircuitBreaker Settings = new(0.5, 4, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

    private readonly ManualTime _time = new();

    [Fact]
    public void Breaker_is_closed_until_enough_requests_failed()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 3; i++)
        {
            Fail(breaker);
        }

        Assert.Null(breaker.TryEnter());
        breaker.Report(failed: false);
        Assert.NotNull(breaker.TryEnter());
    }

    [Fact]
    public void Breaker_under_the_ratio_stays_closed()
    {
        var breaker = new Breaker(Settings, _time);
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(breaker.TryEnter());
            breaker.Report(failed: i % 5 > 2);
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

        Assert.Null(breaker.TryEnter());
    }

    [Fact]
    public void Open_breaker_says_how_long_the_pause_still_is()
    {
        var breaker = Open();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(3), breaker.TryEnter());
    }

    [Fact]
    public void After_the_pause_one_request_may_try_and_no_other_beside_it()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);

        Assert.Null(breaker.TryEnter());
        Assert.NotNull(breaker.TryEnter());
    }

    [Fact]
    public void Probe_that_succeeds_closes_and_one_that_fails_opens_again()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        Fail(breaker);
        Assert.Equal(Settings.OpenFor, breaker.TryEnter());

        _time.Advance(Settings.OpenFor);
        Assert.Null(breaker.TryEnter());
        breaker.Report(failed: false);
        Assert.Null(breaker.TryEnter());
        Assert.Null(breaker.TryEnter());
    }

    [Fact]
    public void Probe_that_tells_nothing_leaves_room_for_another()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        Assert.Null(breaker.TryEnter());
        breaker.Abandon();

        Assert.Null(breaker.TryEnter());
    }

    [Fact]
    public void Report_of_a_request_from_before_the_opening_changes_nothing_in_the_pause()
    {
        var breaker = new Breaker(Settings, _time);
        Assert.Null(breaker.TryEnter());
        for (var i = 0; i < 4; i++)
        {
            Fail(breaker);
        }

        breaker.Report(failed: false);
        Assert.NotNull(breaker.TryEnter());
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_probes()
    {
        var breaker = Open();
        _time.Advance(Settings.OpenFor);
        using var start = new ManualResetEventSlim();
        var entering = Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            start.Wait();
            return breaker.TryEnter();
        })).ToList();
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

        Assert.NotNull(breaker.TryEnter());
        return breaker;
    }

    private static void Fail(Breaker breaker)
    {
        Assert.Null(breaker.TryEnter());
        breaker.Report(failed: true);
    }
}
