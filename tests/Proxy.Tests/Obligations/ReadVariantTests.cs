using System.Net;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Gateway.Proxy.Tests.Obligations.ReducedDoors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>An action that may only read: its declared variant goes out in its place.</summary>
public sealed class ReadVariantTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Fact]
    public async Task Write_becomes_the_read_of_the_same_thing()
    {
        var (sent, response) = await SendAsync(HttpMethod.Put, "/tools/rows/items/variant-1?force=true", """{"name":"new"}""", "variant-1");
        using (response)
        {
            Assert.StartsWith("GET /base/items/variant-1 HTTP/1.1\r\n", sent, StringComparison.Ordinal);
            Assert.DoesNotContain("new", sent, StringComparison.Ordinal);
            Assert.DoesNotContain("Content-", sent, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("{\"id\":1}", await response.Content.ReadAsStringAsync());
            var decision = doors.DecisionOf(response);
            Assert.Equal(
                ("get", "update"),
                (decision.GetProperty("granted").GetProperty("operation").GetString(), decision.GetProperty("operation").GetString())
            );
            Assert.Equal(
                ("GET", "PUT"),
                (
                    decision.GetProperty("granted").GetProperty("target").GetProperty("method").GetString(),
                    decision.GetProperty("target").GetProperty("method").GetString()
                )
            );
            Assert.Equal(["read_only"], Met(decision));
            Assert.Equal("degrade", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        }
    }

    [Fact]
    public async Task Variant_that_takes_the_same_gets_it_all()
    {
        var (sent, response) = await SendAsync(HttpMethod.Post, "/tools/rows/items/variant-2/tags?x=1", """{"tag":"a"}""", "variant-2");
        using (response)
        {
            Assert.StartsWith("POST /base/items/variant-2/tags/preview?x=1 HTTP/1.1\r\n", sent, StringComparison.Ordinal);
            Assert.EndsWith("""{"tag":"a"}""", sent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signed_write_becomes_the_read_too()
    {
        var script = doors.Upstream.Expect("variant-3");
        script.Begin = connection => connection.EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        var signer = await doors.Gateway.NewSignerAsync("reader");
        using var response = await doors.Gateway.SendSignedAsync(
            signer,
            () => doors.Gateway.Request(HttpMethod.Put, "/tools/rows/items/variant-3", "{}")
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("GET /base/items/variant-3 ", (await script.ConnectionAsync()).Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_goes_out_as_it_is()
    {
        var (sent, response) = await SendAsync(HttpMethod.Get, "/tools/rows/items/variant-4?x=1", null, "variant-4");
        using (response)
        {
            Assert.StartsWith("GET /base/items/variant-4?x=1 HTTP/1.1\r\n", sent, StringComparison.Ordinal);
            Assert.Equal(["read_only"], Met(doors.DecisionOf(response)));
        }
    }

    [Theory]
    [InlineData("reader", "POST", "/tools/rows/put", "has no read variant")]
    // That path is another operation's.
    [InlineData("reader", "PUT", "/tools/rows/items/special", "can't be asked for with these parameters")]
    [InlineData("reader-alone", "PUT", "/tools/rows/items/unmet-variant", "not allowed either")]
    public async Task Write_without_a_read_that_may_be_done_is_refused(string agent, string method, string path, string why) =>
        await doors.AssertUnmetAsync(await doors.SendAsync(agent, new HttpMethod(method), path, "{}"), why, "unmet-variant");

    /// <summary>What was asked for isn't stopped, and what would go out in its place is: nothing is sent, and that is on record.</summary>
    [Fact]
    public async Task Variant_that_is_killed_is_not_sent()
    {
        var kills = doors.Gateway.Services.GetRequiredService<KillStore>();
        var kill = await kills.SetAsync(
            RunningGateway.Demo,
            kills.New(KillScope.Operation, "rows/get", graceful: true, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );
        var feed = doors.Gateway.Services.GetRequiredService<RevocationFeed>();
        Assert.True(await feed.CatchUpAsync(RunningGateway.Demo, CancellationToken.None));
        var unsent = doors.Upstream.Expect("killed-variant").ConnectionAsync();

        using var response = await doors.SendAsync("reader", HttpMethod.Put, "/tools/rows/items/killed-variant", "{}");
        await kills.LiftAsync(RunningGateway.Demo, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.True(await feed.CatchUpAsync(RunningGateway.Demo, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains($"'rows/get' is killed: {kill.Id}.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(unsent.IsCompleted);
        var outcome = Recorded.Find(doors.Gateway.JournalPath, response).Outcome!.Value;
        Assert.Equal(("refused", "killed"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Dry_run_says_which_variant_would_be_sent()
    {
        using var response = await doors.SendAsync("rehearsed", HttpMethod.Put, "/tools/rows/items/dry-variant", "{}");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Contains("\"operation\":\"get\",\"method\":\"GET\",\"path\":\"/base/items/dry-variant\"", text, StringComparison.Ordinal);
        Assert.Equal(["read_only", "dry_run"], Met(doors.DecisionOf(response)));
    }

    private async Task<(string Sent, HttpResponseMessage Response)> SendAsync(HttpMethod method, string path, string? body, string word)
    {
        var script = doors.Upstream.Expect(word);
        script.Begin = connection =>
            connection.EndAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}");
        var response = await doors.SendAsync("reader", method, path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return ((await script.ConnectionAsync()).Request, response);
    }
}
