using System.Net.Sockets;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Management;

/// <summary>Alone: OpenTelemetry collects the meters of every gateway of a process, and one series stands for all of them.</summary>
[CollectionDefinition(nameof(ManagementListenerTests), DisableParallelization = true)]
public sealed class ManagementListenerAlone;

/// <summary>Health and metrics on an address of their own.</summary>
[Collection(nameof(ManagementListenerTests))]
public sealed class ManagementListenerTests : IAsyncLifetime
{
    private const int Connections = 8;

    private readonly Uri _management = new($"http://127.0.0.1:{FreePort.Next()}");
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            settings:
            [
                $"--Gateway:Management:Url={_management}",
                $"--Gateway:FrontDoor:Connections={Connections}",
                "--Gateway:Governance:PollInterval=00:00:00.1",
            ]
        );
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Probes_AreAnswered_WhereEveryConnectionOfTheAgentsIsTaken()
    {
        var strangers = await Strangers.ConnectAsync(_gateway.Address, Connections);
        using var late = (await Strangers.ConnectAsync(_gateway.Address, 1))[0];
        await Waiting.ForAsync("the agents' port has no place left", () => late.Poll(0, SelectMode.SelectRead));

        Assert.All(strangers, stranger => Assert.False(stranger.Poll(0, SelectMode.SelectRead)));
        Assert.Equal((200, """{"status":"ok"}"""), await AskAsync("/livez"));
        Assert.Equal(
            (200, """{"status":"ok","governance":true,"revocations":true,"journal":true,"staying":true,"kills":"none","disk":"ok"}"""),
            await AskAsync("/readyz")
        );
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Prometheus_ReadsWhatDashboardsCount()
    {
        Assert.Equal((200, ""), await _gateway.ChatAsync(await _gateway.NewBearerAsync("assistant")));

        var (status, text) = await AskAsync("/metrics");

        Assert.Equal(200, status);
        Assert.Contains("# TYPE gateway_decisions_total counter", text, StringComparison.Ordinal);
        Assert.Matches("""(?m)^gateway_decisions_total\{.*gateway_decision="allow".*\} [1-9]""", text);
        Assert.Matches("(?m)^gateway_snapshot_rejected(\\{.*\\})? 0", text);
    }

    [Fact]
    public async Task Prometheus_ReadsNoTextOfAnAgents()
    {
        var bearer = await _gateway.NewBearerAsync("assistant");
        using var request = BearerChat.To(
            _gateway.Address,
            bearer,
            """{"model":"gpt-words-of-an-agent","messages":[{"role":"user","content":"hello"}]}"""
        );
        using var response = await _gateway.SendAsync(request).WaitAsync(Waiting.Deadline);
        Assert.Equal("allow", response.Headers.GetValues("Gateway-Decision").Single());

        var (_, text) = await AskAsync("/metrics");

        Assert.Contains("gen_ai_request_model=\"gpt-*\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("words-of-an-agent", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_ThatCantComeIntoForce_LeaveItReady()
    {
        await File.WriteAllTextAsync(Path.Combine(_gateway.GovernancePath, "broken.yaml"), "kind: [");

        await Waiting.ForAsync(
            "it says so",
            async () =>
                await AskAsync("/readyz")
                == (
                    200,
                    """{"status":"degraded","governance":false,"revocations":true,"journal":true,"staying":true,"kills":"none","disk":"ok"}"""
                )
        );
    }

    [Fact]
    public async Task What_is_killed_shows_by_its_scope_from_store_and_document_until_it_is_lifted()
    {
        var kills = new KillStore(_gateway.Services.GetRequiredService<SqlStore>().Databases, ChangeOrigin.Local("test", "INC-42"));
        var feed = _gateway.Services.GetRequiredService<RevocationFeed>();
        await ShowsAsync("none", agents: 0, everything: 0);

        var agent = await SetAsync(KillScope.Agent, "assistant");
        await ShowsAsync("some", agents: 1, everything: 0);
        var all = await SetAsync(KillScope.Everything, "");
        await ShowsAsync("everything", agents: 1, everything: 1);
        await LiftAsync(agent);
        await LiftAsync(all);
        await ShowsAsync("none", agents: 0, everything: 0);

        await File.WriteAllTextAsync(
            Path.Combine(_gateway.GovernancePath, "kill.yaml"),
            "apiVersion: gateway/v1\nkind: Kill\nmetadata: {tenant: demo, name: inc-42}\n"
                + "spec: {scope: agent, agent: assistant, reason: odd}\n"
        );
        await Waiting.ForAsync("the document is in force", async () => await KillsAsync() == "some");
        await ShowsAsync("some", agents: 1, everything: 0);

        async Task<Kill> SetAsync(KillScope scope, string target)
        {
            var kill = kills.New(scope, target, graceful: true, TimeProvider.System.GetUtcNow());
            await kills.SetAsync(RunningGateway.Demo, kill, CancellationToken.None);
            Assert.True(await feed.CatchUpAsync(RunningGateway.Demo, CancellationToken.None));
            return kill;
        }

        async Task LiftAsync(Kill kill)
        {
            await kills.LiftAsync(RunningGateway.Demo, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            Assert.True(await feed.CatchUpAsync(RunningGateway.Demo, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models")]
    [InlineData("/v1/receipts")]
    [InlineData("/.well-known/jwks.json")]
    public async Task NothingElse_IsThere(string path) => Assert.Equal(404, (await AskAsync(path)).Status);

    [Fact]
    public async Task Metrics_AreNotThereForAgents()
    {
        using var response = await _gateway.SendAsync(_gateway.Request(HttpMethod.Get, "/metrics"));
        Assert.NotEqual(200, (int)response.StatusCode);
    }

    private async Task<string?> KillsAsync()
    {
        var (status, text) = await AskAsync("/readyz");
        Assert.Equal(200, status); // Stopped is no reason to be gone.
        return System.Text.Json.JsonElement.Parse(text).GetProperty("kills").GetString();
    }

    /// <summary>What is collected is up to a moment old.</summary>
    private async Task ShowsAsync(string word, int agents, int everything)
    {
        Assert.Equal(word, await KillsAsync());
        foreach (var (scope, count) in new[] { ("agent", agents), ("everything", everything) })
        {
            var line = $"(?m)^gateway_kills_active\\{{.*gateway_kill_scope=\"{scope}\".*\\}} {count}";
            await Waiting.ForAsync(line, async () => System.Text.RegularExpressions.Regex.IsMatch((await AskAsync("/metrics")).Text, line));
        }
    }

    private async Task<(int Status, string Text)> AskAsync(string path)
    {
        using var response = await _gateway
            .Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_management, path)), CancellationToken.None)
            .WaitAsync(Waiting.Deadline);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
