using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence.Triggers;
using Gateway.Proxy.Tests.Doors;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence.Triggers;

/// <summary>What is counted, and what fires.</summary>
public sealed class TriggerWatchTests
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly Id<Agent> One = Id<Agent>.Parse("one");
    private static readonly Id<Agent> Two = Id<Agent>.Parse("two");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 7, 9, 0, 0, TimeSpan.Zero));
    private Snapshot _governance = Governance("{on: refusals, count: 3, window: 1m, then: suspend, mode: enforce}");

    /// <summary>Exactly where the last three of a kind are within the window, and nothing fired among them.</summary>
    [Fact]
    public void Refusals_fire_exactly_where_so_many_of_one_kind_come_within_the_window() =>
        Prop.ForAll(
                Gen.Choose(0, 50).Zip(Gen.Elements(ReasonCode.PolicyRule, ReasonCode.UnknownModel)).ListOf().ToArbitrary(),
                events =>
                {
                    var watch = Watch();
                    var times = new Dictionary<ReasonCode, List<double>>();
                    var now = 0.0;
                    foreach (var (wait, reason) in events)
                    {
                        _time.Advance(TimeSpan.FromSeconds(wait));
                        now += wait;
                        watch.Refused(Demo, One, reason);
                        var own = times.TryGetValue(reason, out var known) ? known : times[reason] = [];
                        own.RemoveAll(time => now - time > 60);
                        own.Add(now);
                        var fired = watch.Fired.TryRead(out var firing);
                        Assert.Equal(own.Count == 3, fired);
                        if (fired)
                        {
                            times.Clear();
                            watch.Settle(firing!);
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Refusals_of_several_agents_are_counted_apart()
    {
        var watch = Watch();

        Refuse(watch, One, 2);
        Refuse(watch, Two, 2);

        Assert.False(watch.Fired.TryPeek(out _));
    }

    [Theory]
    [InlineData(ReasonCode.RateLimited)]
    [InlineData(ReasonCode.ConcurrencyLimited)]
    [InlineData(ReasonCode.DependencyUnavailable)]
    [InlineData(ReasonCode.ApprovalRequired)]
    [InlineData(ReasonCode.AgentNotActive)]
    [InlineData(ReasonCode.None)]
    public void What_an_agent_runs_into_without_asking_for_it_is_no_event(ReasonCode reason)
    {
        var watch = Watch();

        Refuse(watch, One, 100, reason);

        Assert.False(watch.Fired.TryPeek(out _));
    }

    [Fact]
    public void Trigger_that_fired_is_quiet_until_it_was_dealt_with_and_counts_from_nothing_then()
    {
        var watch = Watch();

        Refuse(watch, One, 100);
        Assert.True(watch.Fired.TryRead(out var first));
        Assert.False(watch.Fired.TryPeek(out _));
        watch.Settle(first);
        Refuse(watch, One, 2);
        Assert.False(watch.Fired.TryPeek(out _));
        Refuse(watch, One, 1);

        Assert.True(watch.Fired.TryPeek(out _));
        Assert.Contains("3 refusals for policy_rule", first.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Trigger_in_shadow_says_it_once_a_window()
    {
        _governance = Governance("{on: refusals, count: 3, window: 1m, then: suspend}");
        var watch = Watch();

        Refuse(watch, One, 3);
        Assert.True(watch.Fired.TryRead(out var first));
        watch.Settle(first);
        Refuse(watch, One, 30);
        Assert.False(watch.Fired.TryPeek(out _));
        _time.Advance(TimeSpan.FromMinutes(2));
        Refuse(watch, One, 3);

        Assert.True(watch.Fired.TryPeek(out _));
    }

    [Fact]
    public void Trigger_watches_the_agents_that_it_names_and_no_other()
    {
        _governance = Governance("{on: refusals, count: 1, window: 1m, then: suspend, agents: [two]}");
        var watch = Watch();

        Refuse(watch, One, 3);
        Assert.False(watch.Fired.TryPeek(out _));
        Refuse(watch, Two, 1);

        Assert.True(watch.Fired.TryRead(out var firing));
        Assert.Equal(Two, firing.Agent);
    }

    [Fact]
    public void Reload_of_documents_keeps_what_was_counted_and_takes_up_a_changed_trigger()
    {
        var watch = Watch();
        Refuse(watch, One, 2);

        _governance = Governance("{on: refusals, count: 3, window: 1m, then: demote, to: L1, mode: enforce}");
        Refuse(watch, One, 1);

        Assert.True(watch.Fired.TryRead(out var firing));
        Assert.Equal(TriggerEffect.Demote, firing.Trigger.Then);
    }

    [Fact]
    public void Refusals_at_once_from_many_threads_fire_once()
    {
        _governance = Governance("{on: refusals, count: 500, window: 1d, then: suspend, mode: enforce}");
        var watch = Watch();

        Parallel.For(0, 999, _ => Refuse(watch, One, 1));

        Assert.True(watch.Fired.TryRead(out _));
        Assert.False(watch.Fired.TryPeek(out _));
    }

    private static void Refuse(TriggerWatch watch, Id<Agent> agent, int times, ReasonCode reason = ReasonCode.PolicyRule)
    {
        for (var i = 0; i < times; i++)
        {
            watch.Refused(Demo, agent, reason);
        }
    }

    private TriggerWatch Watch() => new(() => _governance, _time);

    internal static Snapshot Governance(string trigger)
    {
        var text = string.Join(
            "\n---\n",
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: demo}\nspec: {}",
            "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: main}\nspec: {environment: test}",
            DoorDocuments.Agent("one"),
            DoorDocuments.Agent("two"),
            $"apiVersion: gateway/v1\nkind: Trigger\nmetadata: {{tenant: demo, name: it}}\nspec: {trigger}"
        );
        var result = SnapshotCompiler.Compile([new SourceFile("a.yaml", text)]);
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }
}
