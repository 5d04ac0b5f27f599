using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What an agent's refusals cost is bounded, and none goes uncounted.</summary>
public sealed class AgentRefusalsTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private readonly FakeTimeProvider _time = new();
    private readonly List<RefusalRecord> _written = [];
    private readonly AgentRefusals _refusals;
    private bool _isDown;

    public AgentRefusalsTests() => _refusals = new AgentRefusals(new EvidenceOptions { RefusalsPerAgent = 10 }, _time);

    [Fact]
    public async Task First_is_written_at_once_and_equal_ones_within_its_second_are_one_record_more()
    {
        var receipts = new List<string?>();
        for (var i = 0; i < 1000; i++)
        {
            receipts.Add(await RecordAsync("one"));
        }

        Assert.Equal("receipt-1", Assert.Single(receipts.Distinct()));
        Assert.Equal(0, Assert.Single(_written).Repeats);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _refusals.FlushAsync(all: false);
        Assert.Equal([0, 999], _written.Select(record => record.Repeats));
    }

    [Fact]
    public async Task Other_agents_other_reasons_and_later_seconds_have_records_of_their_own()
    {
        await RecordAsync("one");
        await RecordAsync("two");
        await RecordAsync("one", ReasonCode.UnknownConnector);
        _time.Advance(TimeSpan.FromSeconds(1));
        await RecordAsync("one");

        Assert.Equal(4, _written.Count);
    }

    [Fact]
    public async Task Equal_ones_that_race_are_one_record_and_their_number()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => RecordAsync("one"))));
        await _refusals.FlushAsync(all: true);

        Assert.Equal([0, 63], _written.Select(record => record.Repeats));
    }

    [Fact]
    public async Task Count_that_cannot_be_written_is_counted_on()
    {
        await RecordAsync("one");
        await RecordAsync("one");
        _isDown = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        await _refusals.FlushAsync(all: false);
        Assert.Null(await RecordAsync("two"));

        _isDown = false;
        await _refusals.FlushAsync(all: true);

        Assert.Equal(1, _written.Single(record => record.Repeats > 0).Repeats);
    }

    [Fact]
    public void Agent_that_provokes_too_many_waits_and_no_other_does()
    {
        for (var i = 0; i < 105; i++)
        {
            _refusals.Charge(Agent("one"));
        }

        Assert.NotNull(_refusals.Wait(Agent("one")));
        Assert.Null(_refusals.Wait(Agent("two")));
        _time.Advance(_refusals.Wait(Agent("one"))!.Value);
        Assert.Null(_refusals.Wait(Agent("one")));
    }

    [Fact]
    public void Agent_that_provokes_some_refusals_is_not_kept_waiting()
    {
        for (var second = 0; second < 100; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Null(_refusals.Wait(Agent("one")));
                _refusals.Charge(Agent("one"));
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static VerifiedAgent Agent(string name) =>
        new()
        {
            Tenant = Acme,
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse(name),
            Strength = AuthStrength.Bearer,
            CredentialId = "key",
        };

    private Task<string?> RecordAsync(string agent, ReasonCode reason = ReasonCode.MalformedRequest) =>
        _refusals.RecordAsync(
            new RefusalRecord
            {
                RequestId = "request",
                Tenant = Acme,
                Agent = Id<Agent>.Parse(agent),
                Reason = reason,
            },
            WriteAsync
        );

    private Task<string?> WriteAsync(RefusalRecord record)
    {
        lock (_written)
        {
            if (_isDown)
            {
                return Task.FromResult<string?>(null);
            }

            _written.Add(record);
            return Task.FromResult<string?>($"receipt-{_written.Count}");
        }
    }
}
