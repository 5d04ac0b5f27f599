using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Clients that hold on to what they don't use, while others work.</summary>
public sealed class ClientFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Slow = 300;
    private const int Idle = 5_000;

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private Load _load = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        var (signer, bearer) = await _gateway.PrepareAsync();
        await _gateway.StartAsync("--Gateway:FrontDoor:HeaderTimeout=00:00:02");
        _load = new Load(_gateway.Address, signer, bearer, clients: 4, TimeSpan.Zero);
        await _load.SucceedsAsync(100);
    }

    public async Task DisposeAsync()
    {
        await _load.DisposeAsync();
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Clients_that_send_their_head_or_body_byte_by_byte_are_cut_off_and_hold_up_nobody()
    {
        var began = Load.Now;
        var sockets = await ConnectAsync(Slow);
        for (var i = 0; i < sockets.Count; i++)
        {
            await sockets[i].SendAsync(Encoding.ASCII.GetBytes(i % 2 == 0
                ? "POST /v1/chat/completions HTTP/1.1\r\nHost: "
                : $"POST /v1/chat/completions HTTP/1.1\r\nHost: {_gateway.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{"));
        }

        // Every one is answered or cut without ever having finished.
        var ended = await Task.WhenAll(sockets.Select(EndsAsync)).WaitAsync(Waiting.Deadline);
        await _load.SucceedsAsync(100);
        var meanwhile = _load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine($"{ended.Length} slow clients cut off; meanwhile {Load.Worst(meanwhile)}, 0 failed");
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Thousands_of_idle_connections_cost_little_memory_and_hold_up_nobody()
    {
        var before = Resident();
        var began = Load.Now;
        var sockets = await ConnectAsync(Idle);
        await _load.SucceedsAsync(200);
        var meanwhile = _load.Since(began);
        var each = (Resident() - before) / Idle;
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        Assert.True(each < 64 * 1024, $"{each} bytes for each idle connection");
        output.WriteLine($"{Idle} idle connections, {each / 1024} KiB each; meanwhile {Load.Worst(meanwhile)}, 0 failed");
        sockets.ForEach(socket => socket.Dispose());
    }

    private async Task<List<Socket>> ConnectAsync(int count)
    {
        var sockets = new List<Socket>(count);
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, _gateway.Address.Port);
            sockets.Add(socket);
        }

        return sockets;
    }

    /// <summary>Reads until the other side has closed.</summary>
    private static async Task<bool> EndsAsync(Socket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset.
        }

        return true;
    }

    /// <summary>Bytes of memory that the gateway holds (<c>VmRSS</c>).</summary>
    private long Resident()
    {
        var line = File.ReadLines($"/proc/{_gateway.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
