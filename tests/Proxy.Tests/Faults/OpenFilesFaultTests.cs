using System.Net.Sockets;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A gateway that may open few files, as where a service's limit is low, and strangers who would take them all.</summary>
public sealed class OpenFilesFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Files = 1024;
    private const int LetIn = (Files / 8 * 5) - 192;
    private const int Many = 1_500;

    /// <summary>What the process has open beside connections, at most: some 260, and what a few calls need.</summary>
    private const int Own = 300;
    private const int Outgoing = (Files / 8 * 2) - 64;

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address) { Under = ["prlimit", $"--nofile={Files}"] };
        (_signer, _bearer) = await _gateway.PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_who_connect_more_often_than_files_may_be_opened_leave_enough_for_what_runs()
    {
        await _gateway.StartAsync();
        Assert.Contains($"{LetIn} connections at once are let in", _gateway.Said, StringComparison.Ordinal);
        await using var load = new Load(_gateway.Address, _signer, _bearer, clients: 4, TimeSpan.Zero);
        await load.SucceedsAsync(50);
        var began = Load.Now;
        using var most = new MostFiles(_gateway.Id);
        var strangers = await Strangers.ConnectAsync(_gateway.Address, Many);
        await Waiting.ForAsync("those who are too many are closed", () => strangers.Count(IsClosed) >= Many - LetIn);
        await load.SucceedsAsync(300);
        Assert.InRange(most.Seen, LetIn, LetIn + Own);
        var meanwhile = load.Since(began);
        Assert.All(meanwhile, call => Assert.True(call.Succeeded, call.ToString()));
        strangers.ForEach(stranger => stranger.Dispose());

        await using var newcomers = new Load(_gateway.Address, _signer, _bearer, clients: 4, TimeSpan.Zero);
        await newcomers.SucceedsAsync(50);
        output.WriteLine($"{Files} files, {Many} strangers, {LetIn} let in; meanwhile {Load.Worst(meanwhile)}, 0 failed");
    }

    [Fact]
    public async Task Agents_whose_streams_need_more_connections_than_there_are_files_are_refused_and_take_no_others()
    {
        await _gateway.StartAsync();
        using var most = new MostFiles(_gateway.Id);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var streams = await Task.WhenAll(Enumerable.Range(0, LetIn - 12).Select(_ => StreamAsync(client)));
        Assert.Equal(Outgoing, streams.Count(s => s.IsSuccessStatusCode));
        // The latter where the breaker saw enough of the former.
        Assert.All(streams.Where(s => !s.IsSuccessStatusCode), s => Assert.Contains((int)s.StatusCode, new[] { 504, 503 }));
        Assert.InRange(most.Seen, LetIn, LetIn + Outgoing + Own);
        Array.ForEach(streams, s => s.Dispose());

        await using var newcomers = new Load(_gateway.Address, _signer, _bearer, clients: 4, TimeSpan.Zero);
        await newcomers.SucceedsAsync(50);
        output.WriteLine(
            $"{Files} files, {streams.Length} streams at once: {Outgoing} run, the others are refused; {most.Seen} files at most"
        );
    }

    [Fact]
    public async Task A_gateway_that_may_open_too_few_files_does_not_start_and_says_how_many_it_needs()
    {
        await using var poor = new GatewayProcess(_provider.Address) { Under = ["prlimit", "--nofile=400"] };
        Assert.NotEqual(0, await poor.StartInVainAsync(new Dictionary<string, string?>()));
        Assert.Contains("may open 400 files, and needs 512", poor.Said, StringComparison.Ordinal);
    }

    /// <summary>One that doesn't end, with its head.</summary>
    private async Task<HttpResponseMessage> StreamAsync(HttpMessageInvoker client)
    {
        using var request = BearerChat.To(
            _gateway.Address,
            _bearer,
            """{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"!endless"}]}"""
        );
        return await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);
}
