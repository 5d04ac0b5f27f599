using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>What a model call costs its agent's budget, however it ends.</summary>
public sealed class ChargedCallTests(ChargedDoors doors) : IClassFixture<ChargedDoors>
{
    private const string Most = ",\"max_tokens\":500";
    private const string Stream = ",\"max_tokens\":500,\"stream\":true";
    private const string Start = "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}\n\n";

    /// <summary>At most 200 tokens and at least 25.</summary>
    private static readonly string Text = new('a', 400);

    private static readonly string Delta =
        $"data: {{\"type\":\"content_block_delta\",\"delta\":{{\"type\":\"text_delta\",\"text\":\"{Text}\"}}}}\n\n";

    private static readonly string Chunk = $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{Text}\"}}}}]}}\n\n";

    [Theory]
    [InlineData("left-message", "", 210)]
    [InlineData("counted-message", "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":77}}\n\n", 87)]
    [InlineData("belittled-message", "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":7}}\n\n", 210)]
    public async Task Abandoned_message_costs_what_came_unless_the_last_count_is_there(string agent, string more, int charged)
    {
        await LeaveAsync(await MessageAsync(agent), agent, Start + Delta + more);

        await doors.AssertChargedAsync(agent, charged);
    }

    [Fact]
    public async Task Whole_call_that_is_cancelled_before_its_head_costs_what_it_reserved()
    {
        var script = doors.Upstream.Expect("left-whole");
        using var request = await doors.ChatAsync("left-whole", "left-whole", Most);
        using var leave = new CancellationTokenSource();
        var asked = doors.Gateway.Client.SendAsync(request, leave.Token);
        var provider = await script.ConnectionAsync();
        await leave.CancelAsync();
        await provider.GoneAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await doors.AssertChargedAsync("left-whole", 500);
    }

    [Fact]
    public async Task Whole_call_that_is_cancelled_behind_its_head_costs_what_it_reserved()
    {
        var script = doors.Upstream.Expect("left-after-head");
        using var request = await doors.ChatAsync("left-after-head", "left-after-head", Most);
        using var leave = new CancellationTokenSource();
        var asked = doors.Gateway.Client.SendAsync(request, leave.Token);
        var provider = await script.ConnectionAsync();
        await provider.SayAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"choices\":[");
        await leave.CancelAsync();
        await provider.GoneAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await doors.AssertChargedAsync("left-after-head", 500);
    }

    [Fact]
    public async Task Abandoned_stream_of_a_model_that_may_have_thought_costs_what_it_reserved()
    {
        var request = await doors.RequestAsync(
            "left-thinking",
            "/v1/chat/completions",
            $$"""{"model":"scripted-1","messages":[{"role":"user","content":"left-thinking"}]{{Stream}}}"""
        );
        await LeaveAsync(request, "left-thinking", Chunk);

        await doors.AssertChargedAsync("left-thinking", 500);
    }

    [Fact]
    public async Task Stream_that_is_abandoned_before_its_first_event_costs_what_it_reserved()
    {
        var script = doors.Upstream.Expect("left-silent");
        var asked = doors.Gateway.SendAsync(await doors.ChatAsync("left-silent", "left-silent", Stream));
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        (await asked).Dispose();
        await provider.GoneAsync();

        await doors.AssertChargedAsync("left-silent", 500);
    }

    [Fact]
    public async Task Stream_of_an_agent_that_is_suspended_costs_what_came()
    {
        var script = doors.Upstream.Expect("killed");
        var asked = doors.Gateway.SendAsync(await MessageAsync("killed"));
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(Start + Delta);
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());
        await SetAsync(LifecycleStatus.Suspended);
        await events.RestAsync();
        await doors.ConcludedAsync("killed");
        await SetAsync(LifecycleStatus.Active);
        await Eventually.IsTrueAsync(
            async () =>
            {
                doors.Upstream.Answer("killed-again", LimitedDoors.Answer(0, 0));
                using var again = await doors.Gateway.SendAsync(await doors.ChatAsync("killed", "killed-again", ",\"max_tokens\":1"));
                return again.IsSuccessStatusCode;
            },
            "the agent may ask again"
        );

        await doors.AssertChargedAsync("killed", 210);
    }

    [Theory]
    [InlineData("closed", "")]
    [InlineData("error-event", "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n")]
    public async Task Stream_that_the_provider_ends_early_costs_what_came(string agent, string end)
    {
        var events = Start + Delta + end;
        doors.Upstream.Answer(
            agent,
            $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {events.Length}\r\n\r\n{events}"
        );
        using var response = await doors.Gateway.SendAsync(await MessageAsync(agent));
        await response.Content.ReadAsStringAsync();

        await doors.AssertChargedAsync(agent, 210);
    }

    [Fact]
    public async Task Call_for_which_there_is_no_connection_costs_nothing()
    {
        using var response = await doors.Gateway.SendAsync(await doors.ChatAsync("unanswered", "x", Most, "dead-1"));

        Assert.Equal("upstream_failed", await LimitedDoors.CodeOfAsync(response));
        await doors.AssertChargedAsync("unanswered", 0);
    }

    [Theory]
    [InlineData("refused-500", "500 x\r\nContent-Length: 2\r\n\r\n{}", 0)]
    [InlineData("refused-429", "429 x\r\nContent-Length: 2\r\n\r\n{}", 0)]
    [InlineData("late-504", "504 x\r\nContent-Length: 2\r\n\r\n{}", 500)]
    [InlineData("late-524", "524 x\r\nContent-Length: 0\r\n\r\n", 500)]
    [InlineData("reset", "200 OK\r\nContent-Length: 9\r\n\r\n{}", 500)]
    [InlineData("compressed", "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 500)]
    [InlineData("uncounted", "200 OK\r\nContent-Length: 48\r\n\r\n{\"choices\":[{\"message\":{\"content\":\"aaaaaaaa\"}}]}", 4)]
    public async Task Answer_without_a_count_costs_by_what_may_have_been_done(string agent, string answer, int charged)
    {
        doors.Upstream.Answer(agent, $"HTTP/1.1 {answer}");
        using var response = await doors.Gateway.SendAsync(await doors.ChatAsync(agent, agent, Most));
        var told = await response.Content.ReadAsStringAsync();

        Assert.True(response.Headers.Contains("Gateway-Decision-Id"), $"It was refused before it was judged: {told}");
        await doors.AssertChargedAsync(agent, charged);
    }

    [Fact]
    public async Task Answer_that_is_too_large_costs_what_it_reserved()
    {
        doors.Upstream.Answer("too-large", $"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{new string('x', 5000)}");
        using var response = await doors.Gateway.SendAsync(await doors.ChatAsync("too-large", "too-large", Most, "small-1"));

        Assert.Equal("response_too_large", await LimitedDoors.CodeOfAsync(response));
        await doors.AssertChargedAsync("too-large", 500);
    }

    [Fact]
    public async Task Reservation_is_of_all_answers_together()
    {
        using var response = await doors.Gateway.SendAsync(await doors.ChatAsync("several", "never sent", ",\"max_tokens\":50,\"n\":20"));

        Assert.Equal("budget_exhausted", await LimitedDoors.CodeOfAsync(response));
    }

    private Task<HttpRequestMessage> MessageAsync(string agent) =>
        doors.RequestAsync(
            agent,
            "/v1/messages",
            $$"""{"model":"scripted-claude-1","messages":[{"role":"user","content":"{{agent}}"}]{{Stream}}}"""
        );

    /// <summary>Asks for a stream, reads what the provider says, and leaves.</summary>
    private async Task LeaveAsync(HttpRequestMessage request, string word, string said)
    {
        var script = doors.Upstream.Expect(word);
        var asked = doors.Gateway.SendAsync(request);
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(said);
        using (var response = await asked)
        using (var events = new ReadEvents(response))
        {
            for (var left = said.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length; left > 0; left--)
            {
                Assert.NotNull(await events.NextAsync());
            }
        }

        await provider.GoneAsync();
    }

    private Task SetAsync(LifecycleStatus status) =>
        doors
            .Gateway.Services.GetRequiredService<IDurableStore>()
            .SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("killed"),
                status,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );
}
