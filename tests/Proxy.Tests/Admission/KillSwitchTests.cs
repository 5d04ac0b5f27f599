using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>What a kill stops at which door, what it says there, what it lets run, and when it counts.</summary>
public sealed class KillSwitchTests(OpenDoors doors) : IClassFixture<OpenDoors>, IAsyncLifetime
{
    private const string Agent = "prober";
    private const string Stream = ",\"stream\":true";

    private RunningGateway Gateway => doors.Gateway;

    private KillStore Kills => Gateway.Services.GetRequiredService<KillStore>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var kill in await Kills.ListAsync(RunningGateway.Demo, CancellationToken.None))
        {
            await Kills.LiftAsync(RunningGateway.Demo, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        await FollowAsync();
    }

    /// <summary>The doors are asked for: a chat, a message, a tool, the list of models.</summary>
    [Theory]
    [InlineData(KillScope.Agent, Agent, "killed killed killed killed", "The agent 'prober' is killed")]
    [InlineData(KillScope.Agent, "doomed", "- - - -", "")]
    [InlineData(KillScope.Connector, "openai", "killed - - -", "The connector 'openai' is killed")]
    [InlineData(KillScope.Connector, "anthropic", "- killed - -", "The connector 'anthropic' is killed")]
    [InlineData(KillScope.Operation, "odd/get", "- - killed -", "The operation 'odd/get' is killed")]
    [InlineData(KillScope.Operation, "odd/post", "- - - -", "")]
    [InlineData(KillScope.Tenant, "", "killed killed killed killed", "All of the tenant is killed")]
    [InlineData(KillScope.Everything, "", "killed killed killed killed", "Everything is killed")]
    public async Task Kill_stops_what_it_names_at_every_door_gracefully_or_not(KillScope scope, string target, string codes, string said)
    {
        foreach (var graceful in new[] { true, false })
        {
            var kill = await SetAsync(scope, target, graceful);
            await FollowAsync();

            Assert.Equal(codes.Split(' '), (await AllAsync(Agent)).Select(code => code.Length == 0 ? "-" : code));
            foreach (var refused in (await AskAllAsync(Agent)).Where(one => one.Status != HttpStatusCode.OK))
            {
                Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
                Assert.Contains($"{said}: {kill.Id}.", refused.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("INC-42", refused.Text, StringComparison.Ordinal);
                Assert.True(refused.NoRetry);
            }
        }
    }

    [Theory]
    [InlineData("chat", KillScope.Operation, "openai/chat")]
    [InlineData("chat", KillScope.Agent, "doomed")]
    [InlineData("messages", KillScope.Connector, "anthropic")]
    [InlineData("messages", KillScope.Everything, "")]
    public async Task Stream_ends_at_once_with_an_error_event_that_names_the_kill(string dialect, KillScope scope, string target)
    {
        using var response = await StreamAsync(dialect);
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());

        var kill = await SetAsync(scope, target, graceful: false);
        var (rest, cut) = await events.RestAsync();

        Assert.False(cut);
        Assert.Contains($"is killed: {kill.Id}.", rest[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(rest, data => data == "[DONE]" || data.Contains("message_stop", StringComparison.Ordinal));
        Assert.Equal("killed", doors.RecordedOf(response).Outcome!.Value.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Stream_may_finish_where_the_kill_is_graceful_and_ends_once_it_is_one_at_once()
    {
        using var response = await StreamAsync("chat");
        using var events = new ReadEvents(response);
        await SetAsync(KillScope.Connector, "openai", graceful: true);
        await FollowAsync();
        await UntilAsync(async () => (await AllAsync(Agent))[0] == "killed", "nothing new is admitted");
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(await events.NextAsync()); // Over several looks at what runs.
        }

        await SetAsync(KillScope.Connector, "openai", graceful: false);
        Assert.Contains("is killed", (await events.RestAsync()).Data[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_of_other_connectors_go_on()
    {
        using var response = await StreamAsync("chat");
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());
        await SetAsync(KillScope.Connector, "anthropic", graceful: false);
        await FollowAsync();
        await UntilAsync(async () => (await AllAsync(Agent))[1] == "killed", "the other one is stopped");

        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(await events.NextAsync());
        }
    }

    [Theory]
    [InlineData("{scope: connector, connector: openai}", true)]
    [InlineData("{scope: operation, connector: openai, operation: chat, graceful: true}", false)]
    [InlineData("{scope: tenant}", true)]
    public async Task Document_stops_as_long_as_it_is_there(string spec, bool ends)
    {
        using var response = await StreamAsync("chat");
        using var events = new ReadEvents(response);
        Assert.NotNull(await events.NextAsync());
        var file = Path.Combine(Gateway.GovernancePath, "kill.yaml");
        var reload = Gateway.Services.GetRequiredService<GovernanceReload>();
        await File.WriteAllTextAsync(file, $"apiVersion: gateway/v1\nkind: Kill\nmetadata: {{tenant: demo, name: inc-42}}\nspec: {spec}\n");
        await reload.LookAgainAsync(CancellationToken.None);

        var refused = (await AskAllAsync(Agent))[0];
        Assert.Equal("killed", refused.Code);
        Assert.Contains("is killed: inc-42.", refused.Text, StringComparison.Ordinal);
        if (ends)
        {
            Assert.Contains("inc-42", (await events.RestAsync()).Data[^1], StringComparison.Ordinal);
        }
        else
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.NotNull(await events.NextAsync());
            }
        }

        File.Delete(file);
        await reload.LookAgainAsync(CancellationToken.None);
        Assert.Equal("", (await AskAllAsync(Agent))[0].Code);
    }

    [Fact]
    public async Task Kill_that_was_set_before_the_start_counts_for_the_first_request()
    {
        using var data = new TemporaryDirectory();
        string bearer;
        await using (var first = await RunningGateway.StartAsync(doors.Provider.Address, data.Path, documents: ""))
        {
            bearer = await first.NewBearerAsync("assistant");
            Assert.Equal(200, (await first.ChatAsync(bearer)).Status);
            var kills = first.Services.GetRequiredService<KillStore>();
            await kills.SetAsync(
                RunningGateway.Demo,
                kills.New(KillScope.Operation, "openai/chat", graceful: true, TimeProvider.System.GetUtcNow()),
                CancellationToken.None
            );
        }

        await using var second = await RunningGateway.StartAsync(doors.Provider.Address, data.Path, documents: "");
        Assert.Equal((403, "killed"), await second.ChatAsync(bearer));
    }

    [Fact]
    public async Task What_stops_everything_stops_tenants_that_have_no_row_of_it_and_those_that_come_later()
    {
        const string Second = "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: NAME}\nspec: {entitlements: [wide_egress]}\n---\n";
        await using var gateway = await RunningGateway.StartAsync(
            doors.Provider.Address,
            data: null,
            Second.Replace("NAME", "second", StringComparison.Ordinal).TrimEnd('-', '\n')
        );
        var bearer = await gateway.NewBearerAsync("assistant");
        Assert.Equal(200, (await gateway.ChatAsync(bearer)).Status);
        var (kills, switched) = (gateway.Services.GetRequiredService<KillStore>(), gateway.Services.GetRequiredService<KillSwitch>());
        var (second, third) = (Id<Tenant>.Parse("second"), Id<Tenant>.Parse("third"));

        var kill = await kills.SetAsync(
            second,
            kills.New(KillScope.Everything, "", graceful: false, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );
        await UntilAsync(async () => await gateway.ChatAsync(bearer) is (403, "killed"), "the other tenant is stopped");
        await File.WriteAllTextAsync(
            Path.Combine(gateway.GovernancePath, "third.yaml"),
            Second.Replace("NAME", "third", StringComparison.Ordinal).TrimEnd('-', '\n')
        );
        await gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);

        Assert.Equal(kill.Id, Assert.Single(await kills.ListAsync(third, CancellationToken.None)).Id);
        Assert.Equal(ReasonCode.Killed, switched.Check(third, Id<Agent>.Parse("anybody"))?.Reason);
        await kills.LiftAsync(second, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await UntilAsync(() => Task.FromResult(gateway.Services.GetRequiredService<RevocationFeed>().EpochOf(second) == 2), "followed");
        Assert.Equal((403, "killed"), await gateway.ChatAsync(bearer)); // One row is left.
        await kills.LiftAsync(third, kill.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await UntilAsync(async () => (await gateway.ChatAsync(bearer)).Status == 200, "all goes on");
    }

    [Fact]
    public async Task Tenant_whose_kills_nobody_has_read_is_refused()
    {
        var (store, state) = (Gateway.Services.GetRequiredService<KillStore>(), Gateway.Services.GetRequiredService<GovernanceState>());
        var unread = new KillSwitch(store, state, TimeProvider.System);

        Assert.Equal(ReasonCode.DependencyUnavailable, unread.Check(RunningGateway.Demo, Id<Agent>.Parse(Agent))?.Reason);
        await unread.ReadAsync(RunningGateway.Demo, CancellationToken.None);
        Assert.Null(unread.Check(RunningGateway.Demo, Id<Agent>.Parse(Agent)));
        Assert.Equal(ReasonCode.DependencyUnavailable, unread.Check(default, Id<Agent>.Parse(Agent))?.Reason);
    }

    [Fact]
    public async Task Store_that_is_lost_lets_nothing_go_on_that_was_stopped()
    {
        await using var gateway = await RunningGateway.StartAsync(
            doors.Provider.Address,
            settings: ["--Gateway:Admission:MaxStaleness=00:00:02", "--Gateway:Admission:PollInterval=00:00:00.1"]
        );
        var bearer = await gateway.NewBearerAsync("assistant");
        var kills = gateway.Services.GetRequiredService<KillStore>();
        await kills.SetAsync(
            RunningGateway.Demo,
            kills.New(KillScope.Agent, "assistant", graceful: false, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );
        await UntilAsync(async () => await gateway.ChatAsync(bearer) is (403, "killed"), "it is stopped");
        var store = Path.Combine(gateway.DataPath, "store", "demo.db");
        File.Move(store, store + ".away");

        var codes = new List<string>();
        await UntilAsync(
            async () =>
            {
                codes.Add((await gateway.ChatAsync(bearer)).Code);
                return codes[^1] == "dependency_unavailable";
            },
            "the store is too old"
        );
        File.Move(store + ".away", store);
        await UntilAsync(
            async () =>
            {
                codes.Add((await gateway.ChatAsync(bearer)).Code);
                return codes[^1] == "killed";
            },
            "the store is back"
        );

        Assert.All(codes, code => Assert.True(code is "killed" or "dependency_unavailable", code));
    }

    private Task<Kill> SetAsync(KillScope scope, string target, bool graceful)
    {
        var origin = new ChangeOrigin("os:test", "here", "INC-42");
        var kills = new KillStore(Gateway.Services.GetRequiredService<SqlStore>().Databases, origin);
        return kills.SetAsync(
            RunningGateway.Demo,
            kills.New(scope, target, graceful, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );
    }

    private async Task FollowAsync() =>
        Assert.True(await Gateway.Services.GetRequiredService<RevocationFeed>().CatchUpAsync(RunningGateway.Demo, CancellationToken.None));

    private async Task<HttpResponseMessage> StreamAsync(string dialect)
    {
        var response =
            dialect == "chat"
                ? await doors.ChatAsync("!endless", Stream, agent: "doomed")
                : await doors.MessageAsync("!endless", Stream, agent: "doomed");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task<IReadOnlyList<string>> AllAsync(string agent) => [.. (await AskAllAsync(agent)).Select(one => one.Code)];

    private async Task<IReadOnlyList<Answered>> AskAllAsync(string agent)
    {
        doors.Upstream.Answer("killed-or-not", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        return
        [
            await ReadAsync(await doors.ChatAsync("hello", agent: agent)),
            await ReadAsync(await doors.MessageAsync("hello", agent: agent)),
            await ReadAsync(await doors.SendAsync(agent, Gateway.Request(HttpMethod.Get, "/tools/odd/killed-or-not"))),
            await ReadAsync(await doors.SendAsync(agent, Gateway.Request(HttpMethod.Get, "/v1/models"))),
        ];
    }

    private static async Task<Answered> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            var code =
                response.IsSuccessStatusCode ? ""
                : text.Contains("\"killed\"", StringComparison.Ordinal) ? "killed"
                : text;
            return new Answered(response.StatusCode, code, text, response.Headers.Contains("x-should-retry"));
        }
    }

    private static Task UntilAsync(Func<Task<bool>> condition, string what) => Eventually.IsTrueAsync(condition, what);

    private sealed record Answered(HttpStatusCode Status, string Code, string Text, bool NoRetry);
}
