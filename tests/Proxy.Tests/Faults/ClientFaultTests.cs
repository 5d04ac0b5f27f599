using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Clients that hold on to what they don't use, while others work.</summary>
public sealed class ClientFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Slow = 300;
    private const int Idle = 10_000;
    private const int Flooders = 4;
    private const int WarmUp = 6_000;
    private const int RateCalls = 3_000;
    private const long MostMemory = 512 * 1024 * 1024;

    private readonly ScriptedUpstream _upstream = new();
    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private Load _load = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.Governance, "broad.yaml"),
            string.Join(
                "\n---\n",
                DoorDocuments.Model(ClingingClients.Model, address: $"{_upstream.Address}v1"),
                DoorDocuments.Permission("assistant", ClingingClients.Model)
            )
        );
        ClingingClients.Attach(_upstream);
        (_signer, _bearer) = await _gateway.PrepareAsync();
        // Slow bodies must last for as long as others are measured beside them, which may take long.
        await _gateway.StartAsync("--Gateway:FrontDoor:HeaderTimeout=00:00:02", "--Gateway:FrontDoor:BodyTimeout=00:05:00");
        _load = new Load(_gateway.Address, _signer, _bearer, clients: 4, TimeSpan.Zero);
        await _load.SucceedsAsync(100);
    }

    public async Task DisposeAsync()
    {
        await _load.DisposeAsync();
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Clients_that_send_their_head_or_body_byte_by_byte_are_cut_off_and_hold_up_nobody()
    {
        var began = Load.Now;
        var sockets = await Strangers.ConnectAsync(_gateway.Address, Slow);
        for (var i = 0; i < sockets.Count; i++)
        {
            await sockets[i]
                .SendAsync(
                    Encoding.ASCII.GetBytes(
                        i % 2 == 0
                            ? "POST /v1/chat/completions HTTP/1.1\r\nHost: "
                            : $"POST /v1/chat/completions HTTP/1.1\r\nHost: {_gateway.Address.Authority}\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
                    )
                );
        }

        // Every one is answered or cut without ever having finished.
        var ended = await Task.WhenAll(sockets.Select(EndsAsync)).WaitAsync(Waiting.Deadline);
        await _load.SucceedsAsync(100);
        var meanwhile = _load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine($"{ended.Length} slow clients cut off; meanwhile {Load.Worst(meanwhile)}, 0 failed");
        sockets.ForEach(socket => socket.Dispose());
    }

    [ManyFilesFact(Idle + (2 * Slow) + 1_000)]
    public async Task Ten_thousand_idle_connections_slow_readers_and_slow_writers_cost_others_little()
    {
        await _load.RateAsync(WarmUp);
        var (began, before) = (Load.Now, _gateway.Resident);
        var share = new Shares(_load, RateCalls);
        await share.TakeAsync(async () =>
        {
            var idle = await Strangers.ConnectAsync(_gateway.Address, Idle);
            var clinging = await ClingingClients.StartAsync(_gateway.Address, _bearer, Slow);
            return new Held(idle, clinging);
        });

        var more = _gateway.MostResident - before;
        var meanwhile = _load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine(
            $"{Idle} idle connections, {Slow} slow readers, {Slow} slow writers: {share}; {more / 1024 / 1024} MiB more memory at most; "
                + $"{Load.Worst(meanwhile)}, 0 failed"
        );
        Assert.True(more < MostMemory, $"{more} bytes");
        Assert.True(share.Best >= Shares.Wanted, share.ToString());
    }

    [Fact]
    public async Task A_flood_of_bad_signatures_is_refused_and_costs_others_little()
    {
        await using var steady = new Load(_gateway.Address, _signer, _bearer, clients: 8, TimeSpan.FromMilliseconds(10));
        await _load.EndAsync();
        await steady.RateAsync(WarmUp);
        var began = Load.Now;
        var share = new Shares(steady, RateCalls);
        var (refused, rate) = (0L, 0.0);
        await share.TakeAsync(async () =>
        {
            var flood = await Flood.StartAsync(_gateway.Address, _signer, Flooders);
            return new Ended(async () =>
            {
                await flood.DisposeAsync();
                (refused, rate) = (refused + flood.Refused, Math.Max(rate, flood.Rate));
            });
        });

        var meanwhile = steady.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine(
            $"{refused} bad signatures, up to {rate:F0} a second, all refused, beside a steady load: {share}; {Load.Worst(meanwhile)}, "
                + "0 failed"
        );
        Assert.True(share.Best >= Shares.Wanted, share.ToString());
    }

    /// <summary>Reads until the other side has closed.</summary>
    private static async Task<bool> EndsAsync(Socket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0) { }
        }
        catch (SocketException)
        {
            // Reset.
        }

        return true;
    }

    /// <summary>Everything that is held on to, let go on disposal; none may have been let go by the gateway before.</summary>
    private sealed class Held(List<Socket> idle, ClingingClients clinging) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await clinging.DisposeAsync();
            Assert.Equal(0, clinging.Lost);
            Assert.DoesNotContain(idle, socket => socket.Poll(0, SelectMode.SelectRead));
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private sealed class Ended(Func<Task> endAsync) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await endAsync();
    }
}
