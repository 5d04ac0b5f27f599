using System.Diagnostics;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>The gateway gets no processor for a while, as where its machine is suspended or moved, and the world goes on.</summary>
public sealed class SleepFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 20;
    private static readonly TimeSpan Blind = TimeSpan.FromSeconds(1);

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        (_signer, _bearer) = await _gateway.PrepareAsync();
        await _gateway.StartAsync($"--Gateway:Admission:MaxStaleness={Blind}");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task What_was_revoked_while_it_slept_is_good_for_nothing_when_it_wakes()
    {
        await using var load = new Load(_gateway.Address, _signer, _bearer, clients: 4, TimeSpan.Zero);
        await load.SucceedsAsync(50);
        _gateway.Signal("STOP");
        await Waiting.ForAsync("each of its threads has stopped", () => _gateway.IsStopped);
        await RevokeAsync();
        var (slept, since) = (Load.Now, Stopwatch.StartNew());
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var waiting = Enumerable.Range(0, Callers).Select(_ => AskAsync(client)).ToList();
        await Waiting.ForAsync("it slept for long enough", () => since.Elapsed > 2 * Blind);
        _gateway.Signal("CONT");

        Assert.DoesNotContain(200, await Task.WhenAll(waiting));
        await Waiting.ForAsync("it goes on", () => load.Since(slept).Count(c => c.Succeeded && c.Signed) > 50);
        await load.EndAsync();
        Assert.DoesNotContain(load.Since(slept), c => c.Succeeded && !c.Signed);
        output.WriteLine(
            $"asleep for {since.Elapsed.TotalSeconds:F0} s, a key revoked meanwhile: {Callers} calls that waited and "
                + $"{load.Since(slept).Count(c => !c.Signed)} after them, 0 let through"
        );
    }

    private async Task RevokeAsync()
    {
        await using var store = new SqliteStore(Path.Combine(_gateway.Data, "store"));
        var id = (await store.ListCredentialsAsync(RunningGateway.Demo, CancellationToken.None))
            .Single(c => c.Kind == Connectors.Contracts.CredentialKind.Bearer)
            .Id;
        Assert.True(await store.RevokeCredentialAsync(RunningGateway.Demo, id, TimeProvider.System.GetUtcNow(), CancellationToken.None));
    }

    private async Task<int> AskAsync(HttpMessageInvoker client)
    {
        using var request = BearerChat.To(_gateway.Address, _bearer);
        using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        return (int)response.StatusCode;
    }
}
