using System.Text;
using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Responses;

public sealed class EventCopyTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    private const string Stream = ",\"stream\":true";
    private const string First = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";

    [Fact]
    public async Task First_event_is_readable_while_the_provider_still_holds_the_second()
    {
        var script = doors.Upstream.Expect("held-second");
        var asked = doors.ChatAsync("held-second", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(First);
        using var response = await asked;
        using var events = new ReadEvents(response);

        Assert.Contains("one", await events.NextAsync(), StringComparison.Ordinal);
        await provider.SayChunkAsync(First.Replace("one", "two", StringComparison.Ordinal));
        Assert.Contains("two", await events.NextAsync(), StringComparison.Ordinal);
        await provider.SayChunkAsync("data: [DONE]\n\n");
        await provider.EndAsync("0\r\n\r\n");
        Assert.Equal(["[DONE]"], (await events.RestAsync()).Data);
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Head_is_readable_before_there_is_any_event()
    {
        var script = doors.Upstream.Expect("head-only");
        var asked = doors.ChatAsync("head-only", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        using var response = await asked.WaitAsync(OpenDoors.Patience);

        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        await provider.EndAsync("0\r\n\r\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Events_cut_at_any_byte_arrive_whole_in_every_dialect(int size)
    {
        var text = $"Grüße 世界 !chunk {size}";
        using var chat = await doors.ChatAsync(text, Stream);
        using var message = await doors.MessageAsync(text, Stream);
        using var response = await doors.ResponsesAsync(text, Stream);

        var chunks = await ReadEvents.AllAsync(chat);
        Assert.Equal($"Stand-in answer to: {text}", ReadEvents.TextOf(chunks));
        Assert.Equal("[DONE]", chunks[^1]);
        Assert.Contains("message_stop", (await ReadEvents.AllAsync(message))[^1], StringComparison.Ordinal);
        Assert.Contains("response.completed", (await ReadEvents.AllAsync(response))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_nobody_asked_for_is_asked_recorded_and_left_out()
    {
        using var response = await doors.ChatAsync("usage-unasked", Stream);
        var data = await ReadEvents.AllAsync(response);

        Assert.DoesNotContain(
            data,
            d => d.Contains("\"usage\":{", StringComparison.Ordinal) || d.Contains("\"choices\":[]", StringComparison.Ordinal)
        );
        Assert.Contains(
            "\"include_usage\":true",
            (await doors.SeenAsync("usage-unasked")).GetProperty("body").GetString(),
            StringComparison.Ordinal
        );
        AssertUsage(doors.RecordedOf(response), input: 1, output: 4);
    }

    [Fact]
    public async Task Usage_the_caller_asked_for_is_recorded_and_passed_on()
    {
        using var response = await doors.ChatAsync("usage-asked", Stream + ",\"stream_options\":{\"include_usage\":true}");
        var data = await ReadEvents.AllAsync(response);

        Assert.Contains("\"choices\":[]", data[^2], StringComparison.Ordinal);
        AssertUsage(doors.RecordedOf(response), input: 1, output: 4);
    }

    [Fact]
    public async Task Usage_of_messages_and_responses_is_recorded()
    {
        using var message = await doors.MessageAsync("usage-message", Stream);
        using var response = await doors.ResponsesAsync("usage-response", Stream);
        await ReadEvents.AllAsync(message);
        await ReadEvents.AllAsync(response);

        AssertUsage(doors.RecordedOf(message), input: 1, output: 4);
        AssertUsage(doors.RecordedOf(response), input: 1, output: 4);
    }

    [Fact]
    public async Task Outcome_is_recorded_before_the_last_event_can_be_read()
    {
        var script = doors.Upstream.Expect("last-held");
        var asked = doors.ChatAsync("last-held", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(First + "data: [DONE]\n\n");
        using var response = await asked;
        using var events = new ReadEvents(response);

        Assert.NotNull(await events.NextAsync());
        await provider.EndAsync("0\r\n\r\n");
        Assert.Equal("[DONE]", await events.NextAsync());
        Assert.Equal("completed", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Record_counts_and_digests_the_bytes_that_were_delivered()
    {
        using var response = await doors.ChatAsync("counted bytes", Stream);
        var body = await response.Content.ReadAsByteArrayAsync();
        var outcome = doors.RecordedOf(response).Outcome!.Value;

        Assert.Equal(body.Length, outcome.GetProperty("bytes_delivered").GetInt64());
        Assert.Contains(
            Sha256Digest.Compute(body).ToString(),
            outcome.GetProperty("response_digest").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("open")]
    [InlineData("reset")]
    [InlineData("chatter")]
    [InlineData("flood")]
    [InlineData("babble")]
    public async Task Stream_is_complete_with_its_last_event_however_the_connection_then_behaves(string then)
    {
        var script = doors.Upstream.Expect($"after-last-{then}");
        var asked = doors.ChatAsync($"after-last-{then}", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(First + "data: [DONE]\n\n");
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());
        if (then == "reset")
        {
            provider.Reset();
        }

        var more = then switch
        {
            "chatter" => SayOnAsync(provider, ": still here\n\n", pause: 20),
            "flood" => SayOnAsync(provider, ": still here\n\n", pause: 0),
            "babble" => SayOnAsync(provider, new string('x', 64 * 1024), pause: 0), // Without an end of a line.
            _ => Task.CompletedTask,
        };
        Assert.Equal(["[DONE]"], (await events.RestAsync()).Data);
        Assert.Equal("completed", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
        await more.WaitAsync(OpenDoors.Patience);
        script.Over();
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task Half_an_answer_ends_with_the_dialects_error_event_and_never_as_if_whole(string dialect)
    {
        using var response = await AskAsync(dialect, "!half", Stream);
        var data = await ReadEvents.AllAsync(response);

        AssertErrorEvent(dialect, data, "upstream_failed");
        AssertOutcome(response, "cut", "upstream_failed");
    }

    [Fact]
    public async Task Stream_that_stops_in_good_order_before_its_last_event_is_half_an_answer_too()
    {
        doors.Upstream.Answer("no-done", ScriptedConnection.Events + $"{First.Length:x}\r\n{First}\r\n0\r\n\r\n");
        using var response = await doors.ChatAsync("no-done", Stream, "scripted-1");

        AssertErrorEvent("chat", await ReadEvents.AllAsync(response), "upstream_failed");
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task Providers_own_error_event_reaches_the_caller_as_it_is(string dialect)
    {
        using var response = await AskAsync(dialect, "!fail", Stream);
        var data = await ReadEvents.AllAsync(response);

        Assert.Contains(dialect == "chat" ? "server_error" : "overloaded_error", data[^1], StringComparison.Ordinal);
        Assert.NotNull(doors.RecordedOf(response).Outcome);
    }

    [Fact]
    public async Task Garbage_in_a_stream_is_never_taken_for_its_end()
    {
        using var response = await doors.ChatAsync("!garbage", Stream);
        var data = await ReadEvents.AllAsync(response);

        AssertErrorEvent("chat", data, "upstream_failed");
    }

    [Fact]
    public async Task Endless_stream_is_cut_at_the_operations_limit_with_an_error_event()
    {
        using var response = await doors.ChatAsync("!endless !pace 0", Stream, "small-1");
        var body = await response.Content.ReadAsStringAsync();

        AssertErrorEvent(
            "chat",
            [.. body.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => l[6..])],
            "response_too_large"
        );
        var outcome = AssertOutcome(response, "cut", "response_too_large");
        Assert.InRange(outcome.GetProperty("bytes_delivered").GetInt64(), 1, 4096);
        Assert.Equal(
            Encoding.UTF8.GetByteCount(body[..body.LastIndexOf("data: {\"error\"", StringComparison.Ordinal)]),
            outcome.GetProperty("bytes_delivered").GetInt64()
        );
    }

    [Fact]
    public async Task Event_longer_than_any_honest_one_is_not_held_without_bound()
    {
        var script = doors.Upstream.Expect("long-event");
        script.Begin = async connection =>
        {
            await connection.SayAsync(ScriptedConnection.Events);
            while (true)
            {
                await connection.SayChunkAsync($"data: {new string('x', 64 * 1024)}\n");
            }
        };
        using var response = await doors.ChatAsync("long-event", Stream, "scripted-1");

        Assert.Contains("response_too_large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        AssertOutcome(response, "cut", "response_too_large");
    }

    [Fact]
    public async Task Silent_stream_ends_with_an_error_event()
    {
        using var response = await doors.ChatAsync("!stall", Stream, "hasty-1");

        AssertErrorEvent("chat", await ReadEvents.AllAsync(response), "upstream_timeout");
        AssertOutcome(response, "cut", "upstream_timeout");
    }

    [Fact]
    public async Task Lively_stream_may_last_longer_than_the_longest_silence()
    {
        // 16 events 100 ms apart, where a second of silence ends a stream.
        using var response = await doors.ChatAsync("!words 12 !pace 100", Stream, "hasty-1");

        Assert.Equal("[DONE]", (await ReadEvents.AllAsync(response))[^1]);
    }

    [Fact]
    public async Task Lively_stream_ends_at_the_connectors_total_time()
    {
        using var response = await doors.ChatAsync("!endless !pace 50", Stream, "short-1");

        AssertErrorEvent("chat", await ReadEvents.AllAsync(response), "upstream_timeout");
        AssertOutcome(response, "cut", "upstream_timeout");
    }

    [Fact]
    public async Task Reset_in_the_middle_of_a_stream_ends_it_with_an_error_event()
    {
        var script = doors.Upstream.Expect("reset-middle");
        var asked = doors.ChatAsync("reset-middle", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(First);
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());
        provider.Reset();

        AssertErrorEvent("chat", (await events.RestAsync()).Data, "upstream_failed");
    }

    /// <summary>Comments without end, until the gateway lets go.</summary>
    private static async Task SayOnAsync(ScriptedConnection provider, string text, int pause)
    {
        try
        {
            while (true)
            {
                await provider.SayChunkAsync(text);
                await Task.Delay(pause);
            }
        }
        catch (IOException)
        {
            // As it should be.
        }
    }

    private Task<HttpResponseMessage> AskAsync(string dialect, string content, string more) =>
        dialect switch
        {
            "chat" => doors.ChatAsync(content, more),
            "messages" => doors.MessageAsync(content, more),
            _ => doors.ResponsesAsync(content, more),
        };

    private JsonElement AssertOutcome(HttpResponseMessage response, string status, string reason)
    {
        var outcome = doors.RecordedOf(response).Outcome!.Value;
        Assert.Equal(status, outcome.GetProperty("status").GetString());
        Assert.Equal(reason, outcome.GetProperty("reason").GetString());
        return outcome;
    }

    private static void AssertErrorEvent(string dialect, IReadOnlyList<string> data, string reason)
    {
        Assert.DoesNotContain(
            data,
            d =>
                d == "[DONE]"
                || d.Contains("message_stop", StringComparison.Ordinal)
                || d.Contains("response.completed", StringComparison.Ordinal)
        );
        var error = JsonDocument.Parse(data[^1]).RootElement;
        Assert.Equal(reason, error.GetProperty("gateway").GetProperty("code").GetString());
        Assert.Contains(reason, error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(dialect == "messages", error.TryGetProperty("type", out var type) && type.GetString() == "error");
    }

    private static void AssertUsage(Recorded recorded, int input, int output)
    {
        var usage = recorded.Outcome!.Value.GetProperty("usage");
        Assert.Equal((input, output), (usage.GetProperty("input_tokens").GetInt32(), usage.GetProperty("output_tokens").GetInt32()));
    }
}
