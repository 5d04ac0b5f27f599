using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>What ends a stream from our side: the caller, a revocation, a journal that fails.</summary>
public sealed class StreamEndTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    private const string Stream = ",\"stream\":true";
    private const string First = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";
    private const string FirstOfMessage = "event: message_start\ndata: {\"type\":\"message_start\"}\n\n";

    [Fact]
    public async Task Caller_that_leaves_ends_the_providers_work_and_is_recorded_with_what_it_got()
    {
        var script = doors.Upstream.Expect("caller-leaves");
        var asked = doors.ChatAsync("caller-leaves", Stream, "scripted-1");
        var provider = await script.ConnectionAsync();
        await provider.SayAsync(ScriptedConnection.Events);
        await provider.SayChunkAsync(First);
        using var response = await asked;
        using (var events = new ReadEvents(response))
        {
            Assert.NotNull(await events.NextAsync());
        }

        await provider.GoneAsync();
        var outcome = (await doors.ConcludedAsync(response)).Outcome!.Value;
        Assert.Equal("cancelled", outcome.GetProperty("status").GetString());
        Assert.Equal(First.Length, outcome.GetProperty("bytes_delivered").GetInt64());
        Assert.Equal(
            Sha256Digest.Compute(System.Text.Encoding.ASCII.GetBytes(First)).ToString(),
            outcome.GetProperty("response_digest").GetString()!.Split(':')[^1]
        );
    }

    [Fact]
    public async Task Caller_that_leaves_before_there_is_an_answer_ends_the_providers_work_too()
    {
        var script = doors.Upstream.Expect("leaves-early");
        var request = doors.Gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"scripted-1","messages":[{"role":"user","content":"leaves-early"}]}"""
        );
        request.Headers.Add("Authorization", $"Bearer {await doors.KeyOfAsync("prober")}");
        using var leave = new CancellationTokenSource();
        var asked = doors.Gateway.Client.SendAsync(request, leave.Token);
        var provider = await script.ConnectionAsync();
        await leave.CancelAsync();

        await provider.GoneAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Eventually.IsTrueAsync(
            () =>
                Recorded
                    .All(doors.Gateway.JournalPath)
                    .Any(r =>
                        r.Type == "outcome"
                        && r.Body.GetProperty("status").GetString() == "cancelled"
                        && !r.Body.TryGetProperty("http_status", out _)
                    ),
            "the outcome says that the caller left"
        );
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task Suspended_agents_stream_ends_with_an_error_event(string dialect)
    {
        var store = doors.Gateway.Services.GetRequiredService<IDurableStore>();
        var agent = Id<Agent>.Parse("doomed");
        using var response = await BeginAsync(dialect, "doomed");
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());

        await store.SetLifecycleAsync(
            RunningGateway.Demo,
            agent,
            LifecycleStatus.Suspended,
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
        var (rest, cut) = await events.RestAsync();
        await store.SetLifecycleAsync(
            RunningGateway.Demo,
            agent,
            LifecycleStatus.Active,
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );

        Assert.False(cut);
        Assert.Contains("killed", rest[^1], StringComparison.Ordinal);
        AssertNotWhole(rest);
        Assert.Equal("killed", doors.RecordedOf(response).Outcome!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Revoked_keys_stream_ends_with_an_error_event_and_no_other_does()
    {
        var issued = await doors.Gateway.IssueAsync("prober", CredentialKind.Bearer, null);
        using var other = await BeginAsync("chat", "prober");
        using var request = doors.Gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o","messages":[{"role":"user","content":"!endless"}],"stream":true}"""
        );
        request.Headers.Add("Authorization", $"Bearer {issued.ShownOnce!.Reveal()}");
        using var response = await doors.Gateway.SendAsync(request);
        using var events = new ReadEvents(response);
        using var others = new ReadEvents(other);
        Assert.NotNull(await events.NextAsync());

        await doors
            .Gateway.Services.GetRequiredService<IDurableStore>()
            .RevokeCredentialAsync(RunningGateway.Demo, issued.Record.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var (rest, cut) = await events.RestAsync();

        Assert.False(cut);
        Assert.Contains("killed", rest[^1], StringComparison.Ordinal);
        Assert.NotNull(await others.NextAsync());
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task Stream_whose_outcome_cant_be_recorded_never_shows_its_last_event(string dialect)
    {
        // A gateway of its own: closing its journal is what a lost disk looks like from here.
        await using var provider = await StandIn.RunningStandIn.StartAsync();
        await using var upstream = new ScriptedUpstream();
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, DoorDocuments.All(upstream.Address));
        var script = upstream.Expect("unrecorded");
        var (path, first, last, body) =
            dialect == "chat"
                ? (
                    "/v1/chat/completions",
                    First,
                    "data: [DONE]\n\n",
                    """{"model":"scripted-1","stream":true,"messages":[{"role":"user","content":"unrecorded"}]}"""
                )
                : (
                    "/v1/messages",
                    FirstOfMessage,
                    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                    """{"model":"scripted-claude-1","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"unrecorded"}]}"""
                );
        using var request = gateway.Request(HttpMethod.Post, path, body);
        request.Headers.Add("x-api-key", await gateway.NewBearerAsync("prober"));
        var asked = gateway.SendAsync(request);
        var connection = await script.ConnectionAsync();
        await connection.SayAsync(ScriptedConnection.Events);
        await connection.SayChunkAsync(first);
        using var response = await asked;
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());

        await gateway.Services.GetRequiredService<TenantJournals>().Find(RunningGateway.Demo)!.DisposeAsync();
        await connection.SayChunkAsync(last);
        await connection.EndAsync("0\r\n\r\n");
        var (rest, cut) = await events.RestAsync();

        Assert.True(cut);
        Assert.Empty(rest);
    }

    /// <summary>A running stream; asked for again while the gateway hasn't heard yet that the agent is active again.</summary>
    private async Task<HttpResponseMessage> BeginAsync(string dialect, string agent)
    {
        HttpResponseMessage? response = null;
        await Eventually.IsTrueAsync(
            async () =>
            {
                response?.Dispose();
                response =
                    dialect == "chat"
                        ? await doors.ChatAsync("!endless", Stream, agent: agent)
                        : await doors.MessageAsync("!endless", Stream, agent: agent);
                return response.IsSuccessStatusCode;
            },
            $"{agent} may stream"
        );
        return response!;
    }

    private static void AssertNotWhole(IEnumerable<string> data) =>
        Assert.DoesNotContain(data, d => d == "[DONE]" || d.Contains("message_stop", StringComparison.Ordinal));
}
