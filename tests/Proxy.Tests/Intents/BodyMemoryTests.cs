using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Tests.Intents;

public sealed class BodyMemoryTests
{
    private const int Most = 1 << 20;

    private readonly BodyMemory _memory = new(Most);

    [Fact]
    public void One_agent_alone_holds_half()
    {
        using var held = _memory.For(NamedAgent.Of("one"));
        Assert.True(held.TryAddToAnswer(HeldBytes.UncountedAnswer + (Most / 2)));
        Assert.False(held.TryAddToAnswer(1));
    }

    [Fact]
    public void A_body_has_the_place_of_an_answer_as_large_from_its_beginning()
    {
        using var held = _memory.For(NamedAgent.Of("one"));
        Assert.True(held.TryAddToBody(HeldBytes.UncountedBody + (Most / 4)));
        Assert.False(_memory.For(NamedAgent.Of("one")).TryAddToBody(HeldBytes.UncountedBody + 1));
        Assert.True(held.TryAddToAnswer(HeldBytes.UncountedAnswer + (Most / 4)));
        Assert.False(held.TryAddToAnswer(1));
    }

    [Fact]
    public void Two_agents_hold_a_third_each_however_many_requests_they_make()
    {
        var (first, second) = (Fill("one", Most / 8), Fill("two", Most / 64));
        Assert.InRange(first, Most * 3 / 8, Most / 2); // The first came first: it keeps what it has.
        Assert.InRange(second, Most / 8, Most / 3);
    }

    [Fact]
    public void A_request_that_is_small_counts_for_nothing()
    {
        Fill("one", Most / 64);
        Assert.True(_memory.For(NamedAgent.Of("one")).TryAddToBody(HeldBytes.UncountedBody));
        Assert.True(_memory.For(NamedAgent.Of("one")).TryAddToAnswer(HeldBytes.UncountedAnswer));
    }

    [Fact]
    public void What_a_request_held_is_free_again_once_it_has_ended_and_only_once()
    {
        var held = _memory.For(NamedAgent.Of("one"));
        Assert.True(held.TryAddToAnswer(HeldBytes.UncountedAnswer + (Most / 2)));
        held.Dispose();
        held.Dispose();
        Assert.True(_memory.For(NamedAgent.Of("one")).TryAddToAnswer(HeldBytes.UncountedAnswer + (Most / 2)));
        Assert.False(_memory.For(NamedAgent.Of("one")).TryAddToAnswer(HeldBytes.UncountedAnswer + 1));
    }

    [Fact]
    public void Agents_of_one_name_in_two_tenants_are_two() =>
        Assert.NotEqual(0, Fill("one", Most / 64, "acme") * Fill("one", Most / 64, "other"));

    [Fact]
    public async Task Requests_that_race_never_hold_more_than_there_is()
    {
        var held = 0L;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Task.Run(() =>
                    {
                        for (var n = 0; n < 20_000; n++)
                        {
                            using var mine = _memory.For(NamedAgent.Of($"agent-{i}"));
                            var bytes = 1 + (n * 7919 % (Most / 4));
                            if (mine.TryAddToAnswer(HeldBytes.UncountedAnswer + bytes))
                            {
                                Assert.InRange(Interlocked.Add(ref held, bytes), 0, Most);
                                Interlocked.Add(ref held, -bytes);
                            }
                        }
                    })
                )
        );

        Assert.True(_memory.For(NamedAgent.Of("one")).TryAddToAnswer(HeldBytes.UncountedAnswer + (Most / 2)));
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((1 << 21) - 1)]
    [InlineData(50_331_648)]
    [InlineData(6_000_000_000)]
    public void The_largest_body_fits_alone_in_a_buffer_that_doubles(long most)
    {
        var memory = new BodyMemory(most);
        var buffer = memory.MostOfOne + 1;
        Assert.True(long.IsPow2(buffer));
        using (var held = memory.For(NamedAgent.Of("one")))
        {
            Assert.True(held.TryAddToBody(buffer));
        }

        Assert.False(memory.For(NamedAgent.Of("one")).TryAddToBody(HeldBytes.UncountedBody + (buffer * 2)));
    }

    /// <summary>Requests of this size until there is no room; what they hold.</summary>
    private long Fill(string agent, int bytes, string tenant = "acme")
    {
        var filled = 0L;
        while (_memory.For(NamedAgent.Of(agent, tenant)).TryAddToAnswer(HeldBytes.UncountedAnswer + bytes))
        {
            filled += bytes;
        }

        return filled;
    }
}
