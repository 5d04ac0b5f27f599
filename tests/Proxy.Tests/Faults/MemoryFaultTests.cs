using System.Net.Sockets;
using System.Text;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A gateway with little memory, as in a small container, and an agent that wants all of it.</summary>
public sealed class MemoryFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <value>192 MiB, in the form in which .NET reads it. A quarter is for bodies, and half of that for one agent: one of 8 MiB, and its
    /// answer.</value>
    private const string Memory = "C000000";
    private const int Fitting = 1;
    private const int Begun = 200;

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private Load _load = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        _gateway.Variables["DOTNET_GCHeapHardLimit"] = Memory;
        (var signer, _bearer) = await _gateway.PrepareAsync();
        await _gateway.StartAsync();
        _load = new Load(_gateway.Address, signer, _bearer, clients: 4, TimeSpan.Zero);
        await _load.SucceedsAsync(100);
    }

    public async Task DisposeAsync()
    {
        await _load.DisposeAsync();
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_that_begins_large_bodies_and_ends_none_gets_no_more_memory_than_its_share()
    {
        var began = Load.Now;
        var refused = 0;
        var bodies = await BeginAsync();
        await Waiting.ForAsync("those that don't fit are refused", () => (refused = bodies.Count(IsAnswered)) >= Begun - Fitting);
        await _load.SucceedsAsync(300);
        var meanwhile = _load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        Assert.All(bodies.Where(IsAnswered), body => Assert.Contains("concurrency_limited", Read(body), StringComparison.Ordinal));
        bodies.ForEach(body => body.Dispose());

        var ended = Load.Now;
        await _load.SucceedsAsync(100);
        Assert.All(_load.Since(ended), call => Assert.True(call.Succeeded, call.ToString()));
        output.WriteLine($"192 MiB, {Begun} bodies of 8 MB begun, {refused} refused; meanwhile {Load.Worst(meanwhile)}, 0 failed");
    }

    private static bool IsAnswered(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private static string Read(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }

    private Task<List<Socket>> BeginAsync() =>
        Strangers.ConnectAsync(
            _gateway.Address,
            Begun,
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: {_gateway.Address.Authority}\r\nAuthorization: Bearer {_bearer}\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 8000000\r\n\r\n{"
            )
        );
}
