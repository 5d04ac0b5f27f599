using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>An agent follows its own approval: it asks, waits, listens, or takes it back.</summary>
public sealed class ApprovalStatusTests : ApprovingGateway
{
    protected override string[] Settings => ["--Gateway:Approvals:KeepAlive=00:00:01"];

    [Fact]
    public async Task Agent_that_would_wait_is_told_once_it_is_decided()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        var waiting = StatusAsync(Signer, asked.Id, "Prefer: wait=60");
        await ApproveAsync();

        var told = await waiting;
        Assert.Equal(("approved", "wait=60"), (told.Json.GetProperty("state").GetString(), told.Applied));
        Assert.Equal("approved", (await StatusAsync(Signer, asked.Id, "Prefer: wait=60")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Agent_that_waited_long_enough_is_told_that_it_is_pending()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());

        var told = await StatusAsync(Signer, asked.Id, "Prefer: wait=1");
        Assert.Equal(("pending", "wait=1"), (told.Json.GetProperty("state").GetString(), told.Applied));
        Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(Signer, "apr_none", "Prefer: wait=60")).Status);
    }

    [Fact]
    public async Task Agent_with_too_many_that_wait_is_told_to_come_again()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        var waits = Gateway.Services.GetRequiredService<ApprovalWaits>();
        var places = new List<IDisposable>();
        while (waits.TryEnter(RunningGateway.Demo, "payer") is { } place)
        {
            places.Add(place);
        }

        Assert.Equal(100, places.Count);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await StatusAsync(Signer, asked.Id, "Prefer: wait=60")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await StatusAsync(Signer, asked.Id, "Accept: text/event-stream")).Status);
        Assert.Equal(HttpStatusCode.OK, (await StatusAsync(Signer, asked.Id)).Status);
        var refused = await PayAsync(headers: "Prefer: wait=60"); // Isn't held.
        Assert.Equal(("approval_required", ""), (refused.Code, refused.Applied));
        places.ForEach(place => place.Dispose());
        Assert.Equal(HttpStatusCode.OK, (await StatusAsync(Signer, asked.Id, "Prefer: wait=1")).Status);
    }

    [Fact]
    public async Task Stream_has_the_state_at_once_and_each_change_until_nothing_can_become_of_it()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        using var stream = await ListenAsync(asked.Id);
        Assert.Contains("\"pending\",\"approved_by\":0", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(":", await stream.NextAsync(alive: true));

        await VoteAsync(asked, "cleo");
        Assert.Contains("\"pending\",\"approved_by\":1", await stream.NextAsync(), StringComparison.Ordinal);
        await VoteAsync(asked, "dora");
        Assert.Contains("\"approved\"", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await PayAsync()).Status);
        Assert.Contains("\"consumed\"", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_of_what_has_ended_ends_at_once()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        await VoteAsync(asked, "cleo", approves: false);

        using var stream = await ListenAsync(asked.Id);
        Assert.Contains("\"denied\"", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_ends_with_its_agent_and_says_so()
    {
        await PayAsync();
        using var stream = await ListenAsync(Assert.Single(await ListAsync()).Id);
        await stream.NextAsync();
        await Gateway
            .Services.GetRequiredService<IDurableStore>()
            .SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("payer"),
                LifecycleStatus.Suspended,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );

        Assert.Contains("\"code\":\"killed\"", await stream.NextAsync(), StringComparison.Ordinal);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Agent_takes_back_what_it_asked_for_on_record_and_no_other_can()
    {
        await PayAsync();
        var asked = await ApproveAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await CancelAsync(asked.Id, "assistant")).Status);

        var cancelled = await CancelAsync(asked.Id, "payer");
        Assert.Equal("cancelled", cancelled.Json.GetProperty("state").GetString());
        Assert.Equal("cancelled", (await CancelAsync(asked.Id, "payer")).Json.GetProperty("state").GetString());
        Assert.Equal("approval_required", (await PayAsync(headers: $"Gateway-Approval: {asked.Id}")).Code);
        Assert.Equal("approval_required", (await PayAsync()).Code);
        Assert.Equal(0, await Provider.CountAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await CancelAsync("apr_none", "payer")).Status);
    }

    [Fact]
    public async Task What_was_used_can_not_be_taken_back()
    {
        await PayAsync();
        var asked = await ApproveAsync();
        await PayAsync();

        var refused = await CancelAsync(asked.Id, "payer");
        Assert.Equal((HttpStatusCode.Conflict, "approval_already_used"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Arguments_of_64_KiB_are_shown_whole()
    {
        var note = new string('n', 64 * 1024);
        await PayAsync($$"""{"contact":"c-1","amount":10,"currency":"EUR","note":"{{note}}"}""");

        Assert.Contains(note, Assert.Single(await ListAsync()).View, StringComparison.Ordinal);
    }

    private async Task<Answered> CancelAsync(string id, string agent) =>
        await SendAsync(
            agent == "payer" ? Signer : await Gateway.NewSignerAsync(agent),
            HttpMethod.Delete,
            $"/v1/agent/approvals/{id}",
            body: null
        );

    private async Task<Listening> ListenAsync(string id)
    {
        var response = await Gateway.SendSignedAsync(
            Signer,
            () => With(Gateway.Request(HttpMethod.Get, $"/v1/agent/approvals/{id}"), "Accept: text/event-stream")
        );
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Listening(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Who listens to a stream, event by event.</summary>
    private sealed record Listening(HttpResponseMessage Response, StreamReader Reader) : IDisposable
    {
        /// <summary>The next event's data; null at the end.</summary>
        /// <param name="alive">Whether a comment counts.</param>
        public async Task<string?> NextAsync(bool alive = false)
        {
            while (await Reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal) || (alive && line == ":"))
                {
                    return line;
                }
            }

            return null;
        }

        public void Dispose()
        {
            Reader.Dispose();
            Response.Dispose();
        }
    }
}
