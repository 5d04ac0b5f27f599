using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Forwarding;

/// <summary>
/// A system that takes a request, perhaps acts on it, and is gone before it answers, on a connection that was used before.
/// </summary>
public sealed class SentOnceTests : IAsyncLifetime
{
    private readonly ForgetfulUpstream _upstream = new();
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                DoorDocuments.Agent("caller", "  bearerTools: true"),
                DoorDocuments.Permission("caller", "jobs"),
                $$"""
                apiVersion: gateway/v1
                kind: Connector
                metadata: {tenant: demo, name: jobs}
                spec:
                  type: http
                  baseAddress: {{_upstream.Address}}
                  scope: internal
                  environment: development
                  operations:
                    - {name: read, action: read, risk: low, methods: [GET], path: /jobs}
                    - {name: act, action: write, risk: low, methods: [GET, POST, DELETE, PUT], path: /act, reversible: true}
                    - {name: set, action: write, risk: low, methods: [GET, PUT], path: /set, reversible: true, safeToRepeat: true}
                    - {name: ask, action: read, risk: low, methods: [POST], path: /ask, safeToRepeat: true}
                """
            )
        );
        _key = await _gateway.NewBearerAsync("caller");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/act", null)]
    [InlineData("DELETE", "/act", null)]
    [InlineData("PUT", "/act", null)]
    [InlineData("GET", "/act", null)]
    [InlineData("POST", "/act", "{}")]
    [InlineData("PUT", "/set", "{}")]
    [InlineData("PUT", "/set", null)]
    [InlineData("GET", "/set", null)]
    public async Task An_action_goes_out_once_whatever_becomes_of_its_answer(string method, string path, string? body)
    {
        Assert.Equal(HttpStatusCode.OK, await CallAsync("GET", "/jobs"));

        Assert.Equal(HttpStatusCode.BadGateway, await CallAsync(method, path, body));

        Assert.Equal(1, _upstream.Received(method, path));
    }

    [Theory]
    [InlineData("GET", "/jobs")]
    [InlineData("POST", "/ask")]
    public async Task What_is_safe_to_repeat_is_tried_again_on_a_fresh_connection(string method, string path)
    {
        Assert.Equal(HttpStatusCode.OK, await CallAsync("GET", "/jobs"));
        var before = _upstream.Received(method, path);

        Assert.Equal(HttpStatusCode.OK, await CallAsync(method, path));

        Assert.Equal(before + 2, _upstream.Received(method, path));
    }

    [Theory]
    [InlineData(0, 1, 200)]
    [InlineData(1, 2, 200)]
    [InlineData(2, 2, 502)]
    [InlineData(9, 2, 502)]
    public async Task A_read_goes_out_once_more_at_most_and_its_outcome_says_so(int lost, int sent, int status)
    {
        _upstream.Lose(lost);

        using var request = _gateway.Request(HttpMethod.Get, "/tools/jobs/jobs");
        request.Headers.Authorization = new("Bearer", _key);
        using var response = await _gateway.SendAsync(request);

        Assert.Equal((status, sent), ((int)response.StatusCode, _upstream.Received("GET", "/jobs")));
        var outcome = Recorded.Find(_gateway.JournalPath, response).Outcome!.Value;
        Assert.Equal(sent, outcome.TryGetProperty("attempts", out var attempts) ? attempts.GetInt32() : 1);
        Assert.Equal(status == 200 ? "completed" : "failed", outcome.GetProperty("status").GetString());
    }

    private async Task<HttpStatusCode> CallAsync(string method, string path, string? body = null)
    {
        using var request = _gateway.Request(new HttpMethod(method), "/tools/jobs" + path, body);
        request.Headers.Authorization = new("Bearer", _key);
        using var response = await _gateway.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>
    /// Answers the first request of each connection, and closes it over the second; where it is told so, over the first as well.
    /// </summary>
    private sealed class ForgetfulUpstream : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _requests = [];
        private readonly Task _accepting;
        private int _lost;

        public ForgetfulUpstream()
        {
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}");

        /// <summary>Reads the next requests and closes their connections without a word.</summary>
        public void Lose(int requests) => Volatile.Write(ref _lost, requests);

        public int Received(string method, string path)
        {
            lock (_requests)
            {
                return _requests.Count(request => request.StartsWith($"{method} {path} ", StringComparison.Ordinal));
            }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                    await TakeAsync(reader);
                    if (Interlocked.Decrement(ref _lost) >= 0)
                    {
                        return;
                    }

                    await client
                        .GetStream()
                        .WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
                    await TakeAsync(reader);
                }
                catch (IOException)
                {
                    // The gateway went first.
                }
            }
        }

        private async Task TakeAsync(StreamReader reader)
        {
            var (lines, length) = (new List<string>(), 0);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                lines.Add(line);
                length = line.StartsWith("Content-Length: ", StringComparison.Ordinal)
                    ? int.Parse(line[16..], CultureInfo.InvariantCulture)
                    : length;
            }

            if (length > 0)
            {
                await reader.ReadBlockAsync(new char[length]);
            }

            lock (_requests)
            {
                _requests.AddRange(lines.Take(1));
            }
        }
    }
}
