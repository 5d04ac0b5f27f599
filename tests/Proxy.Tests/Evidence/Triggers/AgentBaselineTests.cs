using System.Threading.Channels;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence.Triggers;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence.Triggers;

/// <summary>An agent that does each hour of the working day what it always did, and then something else.</summary>
public sealed class AgentBaselineTests
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly Id<Agent> One = Id<Agent>.Parse("one");
    private static readonly Id<Connector> Crm = Id<Connector>.Parse("crm");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 7, 9, 0, 0, TimeSpan.Zero));
    private readonly Channel<Firing> _fired = Channel.CreateUnbounded<Firing>();
    private readonly AgentWatch _watch = new(Demo, One);

    public AgentBaselineTests() => Follow("[operations, volumes, hours]");

    [Fact]
    public void Agent_that_does_what_it_always_did_fires_nothing()
    {
        Work(days: 30);

        Assert.False(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Operation_that_it_never_called_fires_once_its_past_is_known()
    {
        Work(days: 1);
        Call("export");
        Assert.False(_fired.Reader.TryPeek(out _)); // Still learning: it belongs to the past now.
        Work(days: 8);
        Call("export");
        Assert.False(_fired.Reader.TryPeek(out _));

        Call("delete");

        Assert.True(_fired.Reader.TryRead(out var firing));
        Assert.Contains("baseline of operations, volumes, hours", firing.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Hour_in_which_it_never_called_fires()
    {
        Work(days: 8);
        _time.Advance(TimeSpan.FromHours(14)); // From the morning to 23:00.

        Call("read");

        Assert.True(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Minute_with_many_more_calls_than_any_before_fires_once()
    {
        Follow("[volumes]");
        Work(days: 8);
        _time.Advance(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 40; i++)
        {
            Call("read");
        }

        Assert.False(_fired.Reader.TryPeek(out _)); // Four times ten, which a quiet minute counts as.
        Call("read");
        Assert.True(_fired.Reader.TryRead(out _));
        _watch.Settle("it");
        Call("read");
        Assert.False(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Answer_with_many_more_bytes_than_any_minute_before_fires()
    {
        Work(days: 8);

        _watch.Answered((4 << 20) + 1000, Now, _fired.Writer);

        Assert.True(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Calls_of_too_short_a_past_fire_nothing()
    {
        Follow("[operations]", calls: 1_000_000);
        Work(days: 8);

        Call("delete");

        Assert.False(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Operations_beyond_the_most_that_are_kept_are_not_new_and_take_no_memory()
    {
        for (var i = 0; i < AgentBaseline.MostOperations; i++)
        {
            Call($"o{i}");
        }

        Work(days: 8);
        for (var i = 0; i < 5; i++)
        {
            Call($"p{i}");
        }

        Assert.False(_fired.Reader.TryPeek(out _));
    }

    [Fact]
    public void Call_like_all_before_it_allocates_nothing()
    {
        Work(days: 8);
        var (read, now) = (Id<Operation>.Parse("read"), Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 30; i++)
        {
            _watch.Called(Crm, read, 100, now, _fired.Writer);
            _watch.Answered(100, now, _fired.Writer);
            _watch.Refused(ReasonCode.None, now, _fired.Writer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Moment Now => new(_time.GetTimestamp(), _time.GetUtcNow(), _time);

    private void Follow(string of, int calls = 20) =>
        _watch.Follow(
            TriggerWatchTests
                .Governance($"{{on: baseline, count: 1, window: 1h, then: suspend, mode: enforce, baseline: {{of: {of}, calls: {calls}}}}}")
                .Find(Demo)!
        );

    /// <summary>Five calls on the hour, from 9:00 to 17:00, on each of so many days.</summary>
    private void Work(int days)
    {
        for (var hour = 0; hour < 24 * days; hour++)
        {
            if (_time.GetUtcNow().Hour is >= 9 and <= 17)
            {
                for (var i = 0; i < 5; i++)
                {
                    Call("read");
                }
            }

            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    private void Call(string operation) => _watch.Called(Crm, Id<Operation>.Parse(operation), 100, Now, _fired.Writer);
}
