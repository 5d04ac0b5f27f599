using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Forwarding;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>One agent's faults close that agent's way; those of several, or a system that isn't there, close everybody's.</summary>
public sealed class BreakerSharesTests
{
    private static readonly CircuitBreaker Settings = new(0.5, 10, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
    private static readonly Id<Agent> Hostile = Id<Agent>.Parse("hostile");
    private static readonly Id<Agent> Honest = Id<Agent>.Parse("honest");
    private static readonly Id<Agent> Other = Id<Agent>.Parse("other");

    private readonly FakeTimeProvider _time = new();
    private readonly Breaker _breaker;

    public BreakerSharesTests() => _breaker = new Breaker(Settings, _time);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Faults_that_one_agent_provokes_close_its_own_way_and_no_others(int answered)
    {
        Send(Honest, SystemFault.None, answered);
        Send(Hostile, SystemFault.Provoked, 10);

        Assert.Equal(Settings.OpenFor, Wait(Hostile));
        Assert.Null(Wait(Honest));
        Assert.Null(Wait(Other));
    }

    [Fact]
    public void One_agents_faults_beside_a_single_one_of_another_close_only_its_own()
    {
        Send(Honest, SystemFault.Provoked, 1);
        Send(Hostile, SystemFault.Provoked, 10);

        Assert.NotNull(Wait(Hostile));
        Assert.Null(Wait(Honest));
    }

    [Fact]
    public void Faults_that_several_agents_see_close_the_way_to_all()
    {
        Send(Honest, SystemFault.Provoked, 5);
        Send(Other, SystemFault.Provoked, 5);

        Assert.Equal(Settings.OpenFor, Wait(Id<Agent>.Parse("new")));
    }

    [Fact]
    public void System_that_isnt_there_is_closed_to_all_whoever_finds_out()
    {
        Send(Honest, SystemFault.Unreachable, 10);

        Assert.Equal(Settings.OpenFor, Wait(Honest));
        Assert.Equal(Settings.OpenFor, Wait(Other));
    }

    [Fact]
    public void Probe_that_one_agent_makes_fail_leaves_the_next_to_another()
    {
        CloseToAll();
        Send(Hostile, SystemFault.Provoked, 1);

        Assert.NotNull(Wait(Hostile));
        Send(Honest, SystemFault.None, 1);
        Assert.Null(Wait(Other));
    }

    [Fact]
    public void Probes_that_one_agent_makes_fail_again_and_again_never_begin_a_pause_for_all()
    {
        CloseToAll();
        Send(Hostile, SystemFault.Provoked, 1);
        _time.Advance(Settings.OpenFor);
        Send(Hostile, SystemFault.Provoked, 1);

        Assert.Null(Wait(Honest));
    }

    [Fact]
    public void Probes_of_two_agents_that_fail_begin_another_pause_for_all()
    {
        CloseToAll();
        Send(Hostile, SystemFault.Provoked, 1);
        Send(Honest, SystemFault.Provoked, 1);

        Assert.Equal(Settings.OpenFor, Wait(Other));
    }

    [Fact]
    public void Probe_that_isnt_answered_holds_others_up_for_one_pause_only()
    {
        CloseToAll();
        Assert.Null(_breaker.TryEnter(Hostile, out var held));
        Assert.NotNull(Wait(Honest));

        _time.Advance(Settings.OpenFor + TimeSpan.FromTicks(1));
        Assert.Equal(Settings.OpenFor, Wait(Hostile));
        Send(Honest, SystemFault.None, 1);
        held.Report(SystemFault.Provoked);
        Assert.Null(Wait(Other));
    }

    [Fact]
    public void Agents_that_asked_for_nothing_lately_take_no_memory()
    {
        Send(Hostile, SystemFault.Provoked, 9);
        _time.Advance(Settings.Window + TimeSpan.FromTicks(1));
        Send(Honest, SystemFault.None, 1);
        Send(Hostile, SystemFault.Provoked, 9);

        Assert.Null(Wait(Hostile));
    }

    /// <summary>Whatever one agent does, and in whatever order, an agent that sees no fault is never kept out.</summary>
    [Fact]
    public void No_order_of_one_agents_requests_closes_the_way_to_another() =>
        Prop.ForAll(
                Gen.Elements(SystemFault.Provoked, SystemFault.None).ListOf(60).ToArbitrary(),
                faults =>
                {
                    var breaker = new Breaker(Settings, _time);
                    foreach (var fault in faults)
                    {
                        if (breaker.TryEnter(Hostile, out var passage) is null)
                        {
                            passage.Report(fault);
                        }

                        Assert.Null(breaker.TryEnter(Honest, out var honest));
                        honest.Report(SystemFault.None);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private void CloseToAll()
    {
        Send(Honest, SystemFault.Unreachable, 10);
        _time.Advance(Settings.OpenFor);
    }

    private void Send(Id<Agent> agent, SystemFault fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(_breaker.TryEnter(agent, out var passage));
            passage.Report(fault);
        }
    }

    private TimeSpan? Wait(Id<Agent> agent)
    {
        var wait = _breaker.TryEnter(agent, out var passage);
        if (wait is null)
        {
            passage.Abandon();
        }

        return wait;
    }
}
