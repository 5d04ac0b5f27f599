using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>Systems that are down, and the breaker in front of them.</summary>
public sealed class ForwardingStageTests : IAsyncLifetime
{
    private readonly ScriptedUpstream _upstream = new();
    private readonly TcpListener _deaf = new(IPAddress.Loopback, 0);
    private readonly TcpListener _curt = new(IPAddress.Loopback, 0);
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _deaf.Start();
        _curt.Start();
        _provider = await RunningStandIn.StartAsync();
        string[] connectors = ["down", "fragile", "probed", "changed", "deaf", "curt", "nowhere"];
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                [
                    DoorDocuments.Agent("caller"),
                    .. connectors.Select(c => DoorDocuments.Permission("caller", c)),
                    DoorDocuments.Model("down", "  breaker: {minimumRequests: 3, openFor: 10m}", $"http://127.0.0.1:{FreePort.Next()}/v1"),
                    DoorDocuments.Model("fragile", "  breaker: {minimumRequests: 4, openFor: 100ms}"),
                    DoorDocuments.Model("probed", "  breaker: {minimumRequests: 1, openFor: 100ms}", $"{_upstream.Address}v1"),
                    DoorDocuments.Model(
                        "changed",
                        "  breaker: {minimumRequests: 1, openFor: 10m}\n  timeouts: {idle: 50s}",
                        $"{_upstream.Address}v1"
                    ),
                    DoorDocuments.Model("deaf", "  timeouts: {idle: 300ms}\n  requestBytes: 64MiB", $"http://{_deaf.LocalEndpoint}/v1"),
                    DoorDocuments.Model(
                        "curt",
                        "  breaker: {minimumRequests: 1, openFor: 10m}\n  requestBytes: 64MiB",
                        $"http://{_curt.LocalEndpoint}/v1"
                    ),
                    DoorDocuments.Model("nowhere", address: "http://no-such-host.invalid/v1"),
                ]
            ),
            "--Gateway:Intents:ModelRequestBytes=67108864"
        );
        _key = await _gateway.NewBearerAsync("caller");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
        _deaf.Dispose();
        _curt.Dispose();
    }

    [Fact]
    public async Task System_that_is_down_is_a_failure_until_its_breaker_opens_and_then_left_alone()
    {
        for (var i = 0; i < 3; i++)
        {
            using var failed = await ChatAsync("down-1", "x");
            await AssertRefusedAsync(failed, HttpStatusCode.BadGateway, "upstream_failed");
        }

        using var refused = await ChatAsync("down-1", "x");
        await AssertRefusedAsync(refused, HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.False(refused.Headers.Contains("x-should-retry"));
        var outcome = Recorded.Find(_gateway.JournalPath, refused).Outcome!.Value;
        Assert.Equal(
            ("refused", "upstream_unavailable"),
            (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString())
        );
    }

    [Fact]
    public async Task Name_that_leads_nowhere_is_a_failure_that_names_nothing()
    {
        using var response = await ChatAsync("nowhere-1", "x");

        Assert.DoesNotContain("no-such-host", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertRefusedAsync(response, HttpStatusCode.BadGateway, "upstream_failed");
    }

    [Fact]
    public async Task Breaker_opens_on_server_errors_and_closes_again_when_the_system_is_well()
    {
        for (var i = 0; i < 4; i++)
        {
            using var failed = await ChatAsync("fragile-1", "!error 500");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        var sent = await _provider.CountAsync();
        using (var open = await ChatAsync("fragile-1", "fine again"))
        {
            // The pause may be over already on a slow machine; what must not be is an answer in the pause.
            Assert.True(open.StatusCode == HttpStatusCode.OK || await _provider.CountAsync() == sent);
        }

        await Eventually.IsTrueAsync(
            async () =>
            {
                using var response = await ChatAsync("fragile-1", "fine again");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "the breaker closes"
        );
        using var after = await ChatAsync("fragile-1", "fine again");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Callers_errors_open_no_breaker()
    {
        for (var i = 0; i < 6; i++)
        {
            using var failed = await ChatAsync("fragile-1", "!error 400");
            Assert.Equal(HttpStatusCode.BadRequest, failed.StatusCode);
        }
    }

    [Fact]
    public async Task Only_one_request_tries_a_system_whose_pause_is_over()
    {
        _upstream.Answer("probed-fails", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        using (var failed = await ChatAsync("probed-1", "probed-fails"))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        var script = _upstream.Expect("probe-held");
        Task<HttpResponseMessage> probe;
        do
        {
            probe = ChatAsync("probed-1", "probe-held");
        } while (await Task.WhenAny(probe, script.ConnectionAsync()) == probe);

        using var second = await ChatAsync("probed-1", "beside the probe");
        await AssertRefusedAsync(second, HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
        await (await script.ConnectionAsync()).EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var first = await probe;
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        _upstream.Answer("probe-over", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var third = await ChatAsync("probed-1", "probe-over");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Open_breaker_stays_open_when_what_earlier_documents_let_through_is_answered()
    {
        var script = _upstream.Expect("let-through-before");
        var earlier = ChatAsync("changed-1", "let-through-before");
        var held = await script.ConnectionAsync();
        var documents = Path.Combine(_gateway.GovernancePath, "zz-test.yaml");
        await File.WriteAllTextAsync(
            documents,
            (await File.ReadAllTextAsync(documents)).Replace("idle: 50s", "idle: 55s", StringComparison.Ordinal)
        );
        await _gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);
        _upstream.Answer("fails-after", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        using var failed = await ChatAsync("changed-1", "fails-after");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);

        await held.EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var answered = await earlier;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        using var refused = await ChatAsync("changed-1", "left alone");
        await AssertRefusedAsync(refused, HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
    }

    [Fact]
    public async Task System_that_takes_nothing_in_is_too_slow()
    {
        // More than the kernel takes in for both sides.
        using var response = await ChatAsync("deaf-1", new string('x', 16 << 20));

        await AssertRefusedAsync(response, HttpStatusCode.GatewayTimeout, "upstream_timeout");
    }

    [Fact]
    public async Task Body_that_a_system_hangs_up_over_opens_no_breaker()
    {
        var over = ChatAsync("curt-1", new string('x', 16 << 20));
        await AnswerCurtlyAsync("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        using var failed = await over;
        await AssertRefusedAsync(failed, HttpStatusCode.BadGateway, "upstream_failed");

        var next = ChatAsync("curt-1", "x");
        await AnswerCurtlyAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        using var answered = await next;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    /// <summary>Answers the next connection's request by its beginning, and takes no more of it in.</summary>
    private async Task AnswerCurtlyAsync(string answer)
    {
        using var connection = await _curt.AcceptTcpClientAsync().WaitAsync(OpenDoors.Patience);
        await connection.GetStream().ReadAtLeastAsync(new byte[4096], 64);
        await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
    }

    private async Task<HttpResponseMessage> ChatAsync(string model, string content)
    {
        var request = _gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            string.Create(CultureInfo.InvariantCulture, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]}""")
        );
        request.Headers.Add("x-api-key", _key);
        return await _gateway.SendAsync(request);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal((status, code), (response.StatusCode, error.GetProperty("code").GetString()));
    }
}
