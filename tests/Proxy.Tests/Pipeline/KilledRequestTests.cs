using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Pipeline;

/// <summary>An agent that is stopped is told so by each of its requests, wherever on the path they were.</summary>
public sealed class KilledRequestTests(RedisGateway state) : IClassFixture<RedisGateway>
{
    private const int Changes = 30;

    [Fact]
    public async Task Request_WhoseBodyWasStillArriving_IsToldThatItsAgentWasStopped()
    {
        var bearer = await state.Gateway.NewBearerAsync("assistant");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, state.Gateway.Address.Port);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {state.Gateway.Address.Authority}\r\nAuthorization: Bearer {bearer}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"
        );
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));

        await SetAsync(LifecycleStatus.Suspended);
        var answer = await AnswerAsync(socket);
        await SetAsync(LifecycleStatus.Active);

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
    }

    /// <summary>Among them those that wait for another's look at the durable store.</summary>
    [Fact]
    public async Task Agent_ThatIsStoppedAndStartedAgainUnderLoad_IsNeverToldOfAnInternalError()
    {
        await using var load = state.Load();
        for (var change = 0; change < Changes; change++)
        {
            var refused = load.Calls.Count(call => !call.Succeeded);
            await SetAsync(LifecycleStatus.Suspended);
            await Waiting.ForAsync("it is stopped", () => load.Calls.Count(call => !call.Succeeded) > refused);
            var since = Load.Now;
            await SetAsync(LifecycleStatus.Active);
            await load.SucceedsAsync(since, 1);
        }

        await load.EndAsync();
        // An answer that was cut has its 200 behind it, unless the cut came before the 200 had left; a busy machine's shared state can be
        // late, and says so.
        Assert.All(load.Calls, call => Assert.True(call.Head is 0 or 200 or 403 || call.RefusedForNow, call.ToString()));
        Assert.InRange(load.Calls.Count(call => call.Head == 0), 0, Changes);
    }

    private Task SetAsync(LifecycleStatus status) =>
        state
            .Gateway.Services.GetRequiredService<IDurableStore>()
            .SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("assistant"),
                status,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );

    private static async Task<string> AnswerAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer).WaitAsync(Waiting.Deadline);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
