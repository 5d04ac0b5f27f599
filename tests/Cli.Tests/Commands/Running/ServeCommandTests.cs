using System.Diagnostics;
using Gateway.Cli.Tests.Calling;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Running;

public sealed class ServeCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort.Next()}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_GovernsWhatCallSends_AndLeavesAJournalThatVerifies()
    {
        await using var upstream = await Echo.StartAsync();
        PointAt(upstream);
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", "the-real-token");
        var created = (await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac --json")).Ended(0);
        _folder.Settings["GATEWAY_AGENT_SECRET"] = created.Data().GetProperty("secret").GetString()!;
        _folder.Settings["GATEWAY_WORKSPACE"] = "main";
        _folder.Settings["GATEWAY_AGENT"] = "assistant";

        using var server = _folder.Start("serve", "--Gateway:Administration:Urls=", "--urls", _address);
        await ReadyAsync(server);
        await ReadyForSignaturesAsync();
        var allowed = (await _folder.RunAsync($"call GET {_address}/tools/crm/contacts/c-1 --json --nonce AAAAAAAAAAAAAAAAAAAAAAAA")).Ended(
            0
        );
        var replayed = await _folder.RunAsync($"call GET {_address}/tools/crm/contacts/c-1 --json --nonce AAAAAAAAAAAAAAAAAAAAAAAA");
        (await _folder.RunAsync($"call DELETE {_address}/tools/crm/contacts/c-1")).Ended(3);
        (await _folder.RunAsync(["call", "POST", _address + "/tools/crm/refunds", "--data", """{"amount":1}"""])).Ended(4);
        (await _folder.RunAsync("agents suspend --tenant demo --agent assistant --reason test")).Ended(0);
        await RefusedAsync();
        await EndAsync(server);

        Assert.Contains(Echo.DigestOf("the-real-token"), allowed.Data().GetProperty("body").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(401, replayed.Ended(3).Data().GetProperty("status").GetInt32());
        Assert.NotEmpty(_folder.FilesWith("replayed_nonce"));
        Assert.True((await _folder.RunAsync("verify data/journal --json")).Ended(0).Data().GetProperty("records").GetInt32() >= 4);
        Assert.Empty(_folder.FilesWith("the-real-token"));
    }

    [Theory]
    [InlineData("serve --json")]
    [InlineData("config check --json")]
    public async Task AStart_WithManyErrors_SaysAllOfThemAndNoStack(string command)
    {
        _folder.Settings.Remove("DATA_ENCRYPTION_KEY");
        _folder.Settings["Gateway__Dat__Path"] = "x";
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "kind: [");
        var errors = (await _folder.RunAsync(command))
            .Ended(6)
            .Envelope()
            .GetProperty("errors")
            .EnumerateArray()
            .Select(e => e.GetProperty("message").GetString()!)
            .ToList();
        Assert.Contains(errors, e => e.Contains("DATA_ENCRYPTION_KEY", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("broken.yaml", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("Gateway:Dat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConfigCheck_OfAGoodConfiguration_OpensNoPort()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        _folder.Settings["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}";
        Assert.Equal("Production", (await _folder.RunAsync("config check --json")).Ended(0).Data().GetProperty("environment").GetString());
    }

    [Theory]
    [InlineData("http://{0}", "")]
    [InlineData("http://192.0.2.1:8080", "--Gateway:FrontDoor:Authorities:0=gateway.example")]
    public async Task AStart_ThatCanNotListen_SaysWhereAndHowToMendIt_AndNoStack(string urls, string setting)
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, urls, taken.LocalEndpoint);
        // A drain is for those who are connected: here nobody ever was.
        var run = (await _folder.RunAsync($"serve --urls {address} --Gateway:FrontDoor:Drain=00:01:00 {setting}".TrimEnd())).Ended(1);
        Assert.Contains(address, run.Error, StringComparison.Ordinal);
        Assert.Contains("gateway doctor", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", run.Output + run.Error, StringComparison.Ordinal);
    }

    private void PointAt(Echo upstream)
    {
        var file = Path.Combine(_folder.Governance, "connectors.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("http://127.0.0.1:8081", upstream.Address, StringComparison.Ordinal));
    }

    private async Task ReadyAsync(Process server)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            Assert.False(server.HasExited, "it ended before it was ready");
            try
            {
                using var answer = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, _address + "/readyz"), deadline.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not open yet.
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>
    /// After a start, what was signed before it is refused for as long as clocks may differ: a nonce of then may have been used.
    /// </summary>
    private async Task ReadyForSignaturesAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (
            (await _folder.RunAsync($"call GET {_address}/tools/crm/contacts/c-1 --json")).Data().GetProperty("status").GetInt32() == 503
        )
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    /// <summary>The running instance follows the store.</summary>
    private async Task RefusedAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await _folder.RunAsync($"call GET {_address}/tools/crm/contacts/c-1")).Exit != 3)
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    private static async Task EndAsync(Process server)
    {
        server.StandardInput.Close();
        using (Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await server.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, server.ExitCode);
    }
}
