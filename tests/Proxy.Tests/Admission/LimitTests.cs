using System.Globalization;
using System.Net;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>Rates, concurrency and budgets as a caller meets them; the same whatever the shared state is kept in.</summary>
public abstract class LimitTests(LimitedDoors doors)
{
    [Fact]
    public async Task Agent_over_its_rate_is_told_when_to_come_again()
    {
        var key = await doors.Gateway.NewBearerAsync("rated");
        for (var i = 0; i < 2; i++)
        {
            using var passed = await doors.ChatAsync(key, "rated", model: "gpt-4o");
            Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        }

        using var refused = await doors.ChatAsync(key, "rated over", model: "gpt-4o");
        await AssertLimitedAsync(refused, "rate_limited", "\"agent/rated\";q=2;w=60");
        Assert.DoesNotContain(
            await doors.Provider.SeenAsync(),
            seen => seen.GetProperty("body").GetString()!.Contains("rated over", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Another_key_of_the_agent_sheds_no_limit()
    {
        using var first = await doors.ChatAsync(await doors.Gateway.NewBearerAsync("plain"), "x", model: "quick-1");
        using var second = await doors.ChatAsync(await doors.Gateway.NewBearerAsync("plain"), "x", model: "quick-1");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertLimitedAsync(second, "rate_limited", "\"connector/quick\";q=1;w=60");
    }

    [Fact]
    public async Task Tenants_rate_counts_all_its_agents_together_and_lists_too()
    {
        var one = await doors.Gateway.NewBearerAsync("one", "tight");
        var two = await doors.Gateway.NewBearerAsync("two", "tight");
        using var first = await ListAsync(one);
        using var second = await ListAsync(two);
        using var third = await ListAsync(one);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        await AssertLimitedAsync(third, "rate_limited", "\"tenant\";q=2;w=60");
    }

    [Theory]
    [InlineData("single", "scripted-1", "agents-slot")]
    [InlineData("plain", "narrow-1", "connectors-slot")]
    public async Task Slot_is_free_again_when_its_request_has_ended(string agent, string model, string word)
    {
        var key = await doors.Gateway.NewBearerAsync(agent);
        var script = doors.Upstream.Expect(word);
        var running = doors.ChatAsync(key, word, model: model);
        var provider = await script.ConnectionAsync();
        using var refused = await doors.ChatAsync(key, "one too many", model: model);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "concurrency_limited"),
            (refused.StatusCode, await LimitedDoors.CodeOfAsync(refused))
        );
        Assert.NotNull(refused.Headers.RetryAfter);

        await provider.EndAsync(LimitedDoors.Answer(1, 1));
        using var first = await running;
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        doors.Upstream.Answer($"{word}-again", LimitedDoors.Answer(1, 1));
        await PassesAsync(() => doors.ChatAsync(key, $"{word}-again", model: model));
    }

    [Fact]
    public async Task Budget_is_reserved_before_the_call_and_settled_after_it()
    {
        var key = await doors.Gateway.NewBearerAsync("held");
        var script = doors.Upstream.Expect("budget-held");
        var running = doors.ChatAsync(key, "budget-held", ",\"max_tokens\":60");
        var provider = await script.ConnectionAsync();
        using var refused = await doors.ChatAsync(key, "over the budget", ",\"max_tokens\":60");
        await AssertLimitedAsync(refused, "budget_exhausted", "\"agent/held\";q=100;w=86400");

        await provider.EndAsync(LimitedDoors.Answer(input: 3, output: 4));
        using var first = await running;
        doors.Upstream.Answer("budget-after", LimitedDoors.Answer(3, 4));
        await PassesAsync(() => doors.ChatAsync(key, "budget-after", ",\"max_tokens\":60"));
    }

    [Fact]
    public async Task Budget_counts_what_the_provider_says_was_used()
    {
        var key = await doors.Gateway.NewBearerAsync("settled");
        doors.Upstream.Answer("budget-used", LimitedDoors.Answer(input: 30, output: 30));
        using var first = await doors.ChatAsync(key, "budget-used", ",\"max_tokens\":10");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        // 60 of 100 are used, though only some 14 were reserved: 30 more fit, 50 don't.
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var refused = await doors.ChatAsync(key, "never answered", ",\"max_tokens\":50");
                return refused.StatusCode == HttpStatusCode.TooManyRequests;
            },
            "the provider's count is settled"
        );
        await PassesAsync(() => doors.ChatAsync(key, "budget-rest", ",\"max_tokens\":20", "gpt-4o"));
    }

    [Fact]
    public async Task Caller_that_leaves_is_charged_for_what_it_got_and_gets_the_rest_back()
    {
        var key = await doors.Gateway.NewBearerAsync("leaver");
        var script = doors.Upstream.Expect("budget-leaver");
        var asked = doors.ChatAsync(key, "budget-leaver", ",\"max_tokens\":80,\"stream\":true,\"reasoning_effort\":\"none\"");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        using (var response = await asked)
        using (var events = new ReadEvents(response))
        {
            Assert.NotNull(await events.NextAsync());
        }

        await provider.GoneAsync();
        doors.Upstream.Answer("leaver-again", LimitedDoors.Answer(1, 1));
        await PassesAsync(() => doors.ChatAsync(key, "leaver-again", ",\"max_tokens\":70"));
    }

    [Fact]
    public async Task Stream_cut_off_is_never_charged_more_than_it_could_have_used()
    {
        // 4 KB of frames for a few tokens: by bytes alone it would be a thousand tokens, and the whole budget.
        var key = await doors.Gateway.NewBearerAsync("cut-off");
        doors.Upstream.Answer("budget-cut", ScriptedConnection.Events + $"1004\r\ndata: {new string('x', 4092)}\n\n\r\n");
        using var cut = await doors.ChatAsync(key, "budget-cut", ",\"max_tokens\":20,\"stream\":true");
        await cut.Content.ReadAsStringAsync();
        doors.Upstream.Answer("cut-again", LimitedDoors.Answer(1, 1));

        await PassesAsync(() => doors.ChatAsync(key, "cut-again", ",\"max_tokens\":50"));
    }

    [Fact]
    public async Task Refused_action_gives_its_reservation_back()
    {
        var key = await doors.Gateway.NewBearerAsync("refused");
        for (var i = 0; i < 3; i++)
        {
            await Eventually.IsTrueAsync(
                async () =>
                {
                    using var response = await doors.ChatAsync(key, "refused", ",\"max_tokens\":90");
                    return response.StatusCode == HttpStatusCode.Forbidden;
                },
                "the reservation of the refused one before is given back"
            );
        }
    }

    [Theory]
    [InlineData("unsaid", "")]
    [InlineData("chooser", ",\"max_tokens\":30,\"n\":4")]
    [InlineData("chooser", ",\"max_tokens\":2147483647")]
    public async Task Reservation_is_of_the_most_that_a_call_could_use(string agent, string more)
    {
        using var response = await doors.ChatAsync(await doors.Gateway.NewBearerAsync(agent), "never sent", more);

        Assert.Equal((HttpStatusCode.TooManyRequests, "budget_exhausted"), (response.StatusCode, await LimitedDoors.CodeOfAsync(response)));
        Assert.Contains(" tokens aside, ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>No window has room for it, so no wait helps.</summary>
    [Fact]
    public async Task Call_that_wants_more_than_the_whole_budget_is_not_told_to_retry()
    {
        using var response = await doors.ChatAsync(await doors.Gateway.NewBearerAsync("held"), "never sent", ",\"max_tokens\":101");

        Assert.Equal("budget_exhausted", await LimitedDoors.CodeOfAsync(response));
        Assert.Null(response.Headers.RetryAfter);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Contains("; the agent's budget is 100 in 86400 s. ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ListAsync(string key)
    {
        var request = doors.Gateway.Request(HttpMethod.Get, "/v1/models");
        request.Headers.Add("x-api-key", key);
        return await doors.Gateway.SendAsync(request);
    }

    private static Task PassesAsync(Func<Task<HttpResponseMessage>> sendAsync) =>
        Eventually.IsTrueAsync(
            async () =>
            {
                using var response = await sendAsync();
                Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{response.StatusCode}");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "what was reserved is given back"
        );

    private static async Task AssertLimitedAsync(HttpResponseMessage response, string code, string policy)
    {
        Assert.Equal((HttpStatusCode.TooManyRequests, code), (response.StatusCode, await LimitedDoors.CodeOfAsync(response)));
        var wait = response.Headers.RetryAfter!.Delta!.Value;
        Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Equal(policy, Assert.Single(response.Headers.GetValues("RateLimit-Policy")));
        Assert.Equal(
            $"{policy[..policy.IndexOf(';', StringComparison.Ordinal)]};r=0;t={wait.TotalSeconds.ToString(CultureInfo.InvariantCulture)}",
            Assert.Single(response.Headers.GetValues("RateLimit"))
        );
        Assert.False(response.Headers.Contains("x-should-retry"));
        Assert.Equal("block", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
    }
}

public sealed class MemoryLimitTests(LimitedDoors doors) : LimitTests(doors), IClassFixture<LimitedDoors>;

public sealed class RedisLimitTests(RedisLimitedDoors doors) : LimitTests(doors), IClassFixture<RedisLimitedDoors>;
