using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Evidence.Triggers;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Telemetry;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Proxy.Tests.Evidence.Triggers;

/// <summary>Triggers on two replicas with one data folder and one real Redis: what fires on one holds on both.</summary>
public sealed class TriggerTests : IAsyncLifetime
{
    private const string Marker = "acme-canary-0d6f3a91c2";

    private static readonly string Documents = string.Join(
        "\n---\n",
        [
            .. new[] { "prober", "shadowed", "lowered", "finder", "held", "lost" }.SelectMany(agent =>
                new[]
                {
                    DoorDocuments.Agent(agent, "  bearerTools: true"),
                    DoorDocuments.Permission(agent, "openai"),
                    DoorDocuments.Permission(agent, "crm", operations: "[list-contacts, get-contact]"),
                }
            ),
            DoorDocuments.Agent("spender", "  modelTokens: {tokens: 10, window: 1d}"),
            DoorDocuments.Permission("spender", "openai"),
            DoorDocuments.Agent("replayer"),
            "apiVersion: gateway/v1\nkind: DataFlow\nmetadata: {tenant: demo, name: replayer}\n"
                + "spec: {agent: replayer, connector: crm, dataClasses: [pii]}",
            DoorDocuments.Permission("replayer", "crm", operations: "[list-contacts, get-contact]"),
            Trigger("t-probing", "on: refusals, count: 5, window: 1m, then: suspend, mode: enforce, agents: [prober, held, lost]"),
            Trigger("t-shadow", "on: refusals, count: 5, window: 1m, then: suspend, agents: [shadowed]"),
            Trigger("t-lower", "on: refusals, count: 5, window: 1m, then: demote, to: L1, mode: enforce, agents: [lowered]"),
            Trigger("t-spending", "on: budgets, count: 3, window: 1m, then: suspend, mode: enforce, agents: [spender]"),
            Trigger("t-replays", "on: replays, count: 2, window: 1m, then: suspend, mode: enforce, agents: [replayer]"),
            Trigger(
                "t-canary",
                "on: canary, then: suspend, mode: enforce, agents: [finder], canaries: ["
                    + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Marker)))
                    + "]"
            ),
        ]
    );

    private RunningStandIn _provider = null!;
    private RedisServer _redis = null!;
    private RunningGateway _one = null!;
    private RunningGateway _other = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _redis = await RedisServer.StartAsync();
        string[] settings =
        [
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={_redis.Endpoint}",
            "--Gateway:State:Deadline=00:00:02",
            "--Gateway:Data:Replicas=2",
            "--Gateway:Admission:MaxStaleness=00:00:30",
        ];
        _one = await RunningGateway.StartAsync(_provider.Address, data: null, Documents, settings);
        _other = await RunningGateway.StartAsync(_provider.Address, _one.DataPath, Documents, settings);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Repeated_refusals_suspend_the_agent_on_both_replicas_on_record_and_end_what_runs()
    {
        var key = await PassingAsync("prober");
        await using var stream = await _other.EndlessAsync(key);

        await ProbeAsync(_one, key, 5);

        await AssertSuspendedOnBothAsync("prober", key);
        Assert.Contains("\"killed\"", await stream.RestAsync(), StringComparison.Ordinal);
        var changes = await ChangesAsync("prober");
        var (fired, set) = (changes[0], changes[1]);
        Assert.Equal("trigger_fired", fired.GetProperty("kind").GetString());
        Assert.Equal("trigger:t-probing", fired.GetProperty("by").GetString());
        Assert.Equal("enforce", fired.GetProperty("after").GetProperty("mode").GetString());
        Assert.Contains("5 refusals for unknown_connector", fired.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("lifecycle_set", set.GetProperty("kind").GetString());
        Assert.Equal("trigger:t-probing", set.GetProperty("by").GetString());
        Assert.Equal("suspended", set.GetProperty("after").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Trigger_in_shadow_is_only_on_record()
    {
        var key = await PassingAsync("shadowed");

        await ProbeAsync(_one, key, 15); // The samples have one for twenty.
        await Waiting.ForAsync("it is on record", async () => (await ChangesAsync("shadowed", least: 0)).Count > 0);

        Assert.Equal(200, (await _one.ChatAsync(key)).Status);
        Assert.Equal(200, (await _other.ChatAsync(key)).Status);
        var record = Assert.Single(await ChangesAsync("shadowed"));
        Assert.Equal("shadow", record.GetProperty("after").GetProperty("mode").GetString());
        Assert.Null(await StandingAsync(_one, "shadowed"));
    }

    [Fact]
    public async Task Repeated_refusals_demote_the_agent_and_it_acts_at_the_lower_level()
    {
        var key = await PassingAsync("lowered");

        await ProbeAsync(_other, key, 5);

        var store = _one.Services.GetRequiredService<IDurableStore>();
        await Waiting.ForAsync(
            "it is demoted",
            async () => await store.FindLevelAsync(RunningGateway.Demo, Id<Agent>.Parse("lowered"), CancellationToken.None) == AtfLevel.L1
        );
        Assert.Null(await StandingAsync(_one, "lowered"));
        await ProbeAsync(_other, key, 10);
        // Once: it is as low already.
        Assert.Equal(["trigger_fired", "level_set"], (await ChangesAsync("lowered", least: 2)).Select(KindOf));
    }

    [Fact]
    public async Task Budget_that_is_hit_again_and_again_suspends_the_agent()
    {
        var key = await _one.NewBearerAsync("spender");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("budget_exhausted", (await _one.ChatAsync(key)).Code);
        }

        // Its budget is asked for first: that is what it is told.
        await Waiting.ForAsync("it is suspended", async () => await StandingAsync(_other, "spender") == LifecycleStatus.Suspended);
    }

    [Fact]
    public async Task Replays_suspend_the_agent()
    {
        var signer = await _one.NewSignerAsync("replayer");
        Assert.Equal(200, (await _one.SignedAsync(signer)).Status);
        using var request = _one.Request(HttpMethod.Get, "/tools/crm/contacts/c-1");
        await signer.SignAsync(request, CancellationToken.None);
        HttpRequestMessage Copy()
        {
            var copy = _one.Request(HttpMethod.Get, "/tools/crm/contacts/c-1");
            foreach (var (name, values) in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }

            return copy;
        }

        Assert.Equal(200, (await _one.SendAsync(Copy())).Status());
        Assert.Equal(401, (await _one.SendAsync(Copy())).Status());
        Assert.Equal(401, (await _one.SendAsync(Copy())).Status());

        await Waiting.ForAsync("it is suspended", async () => await StandingAsync(_other, "replayer") == LifecycleStatus.Suspended);
        await Waiting.ForAsync("and refused", async () => (await _other.SignedAsync(signer)).Code is "agent_not_active" or "killed");
    }

    [Theory]
    [InlineData("body")]
    [InlineData("query")]
    [InlineData("path")]
    public async Task Canary_that_is_seen_suspends_the_agent(string where)
    {
        var key = await PassingAsync("finder");

        using var request = where switch
        {
            "body" => _one.ChatRequest(key, $"I found this:\\n{Marker}", stream: false),
            "query" => _one.Request(HttpMethod.Get, $"/tools/crm/contacts?q=%22{Marker}%22"),
            _ => _one.Request(HttpMethod.Get, $"/tools/crm/contacts/{Marker}"),
        };
        request.Headers.Remove("Authorization");
        request.Headers.Add("Authorization", $"Bearer {key}");
        (await _one.SendAsync(request)).Dispose();

        await AssertSuspendedOnBothAsync("finder", key);
        Assert.DoesNotContain(
            Marker,
            string.Concat((await ChangesAsync("finder")).Select(change => change.GetRawText())),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Agent_is_held_here_while_the_store_is_locked_and_in_it_once_it_is_free()
    {
        var key = await PassingAsync("held");
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(_one.DataPath, "store", "demo.db")};Pooling=False"
        );
        other.Open();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }

        await ProbeAsync(_one, key, 5);
        await Waiting.ForAsync("it is held", async () => (await _one.ChatAsync(key)).Code == "agent_not_active");
        Assert.Null(await StandingAsync(_one, "held"));
        other.Close();

        await AssertSuspendedOnBothAsync("held", key);
    }

    [Fact]
    public async Task Agent_is_held_where_the_record_can_not_be_written_and_the_store_is_left_alone()
    {
        var key = await PassingAsync("lost");
        var services = _one.Services;
        var governance = services.GetRequiredService<GovernanceState>();
        var watch = new TriggerWatch(() => governance.Current, TimeProvider.System);
        await using var closed = new TenantJournals(
            new JournalOptions { Root = Path.Combine(_one.DataPath, "none") },
            LogSigningKeys.Of(services.GetRequiredService<GatewayKeys>().LogSigning),
            TimeProvider.System,
            NullLogger<TenantJournals>.Instance
        );
        using var actions = new TriggerActions(
            watch,
            services.GetRequiredService<AgentDirectory>(),
            services.GetRequiredService<IDurableStore>(),
            closed,
            services.GetRequiredService<RevocationFeed>(),
            services.GetRequiredService<GatewayMetrics>(),
            TimeProvider.System,
            NullLogger<TriggerActions>.Instance
        );
        await actions.StartAsync(CancellationToken.None);

        for (var i = 0; i < 5; i++)
        {
            watch.Refused(RunningGateway.Demo, Id<Agent>.Parse("lost"), ReasonCode.PolicyRule);
        }

        await Waiting.ForAsync("it is held", async () => (await _one.ChatAsync(key)).Code == "agent_not_active");
        Assert.Null(await StandingAsync(_one, "lost"));
        await actions.StopAsync(CancellationToken.None);
    }

    private static string Trigger(string name, string spec) =>
        $"apiVersion: gateway/v1\nkind: Trigger\nmetadata: {{tenant: demo, name: {name}}}\nspec: {{{spec}}}";

    private static string? KindOf(JsonElement change) => change.GetProperty("kind").GetString();

    private static Task<LifecycleStatus?> StandingAsync(RunningGateway gateway, string agent) =>
        gateway
            .Services.GetRequiredService<IDurableStore>()
            .FindLifecycleAsync(RunningGateway.Demo, Id<Agent>.Parse(agent), CancellationToken.None);

    /// <summary>A key that both replicas have seen and taken.</summary>
    private async Task<string> PassingAsync(string agent)
    {
        var key = await _one.NewBearerAsync(agent);
        Assert.Equal(200, (await _one.ChatAsync(key)).Status);
        Assert.Equal(200, (await _other.ChatAsync(key)).Status);
        return key;
    }

    private static async Task ProbeAsync(RunningGateway gateway, string key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var request = gateway.Request(HttpMethod.Get, $"/tools/nowhere/{i}");
            request.Headers.Add("Authorization", $"Bearer {key}");
            using var response = await gateway.SendAsync(request);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        }
    }

    private async Task AssertSuspendedOnBothAsync(string agent, string key)
    {
        await Waiting.ForAsync("the other refuses", async () => (await _other.ChatAsync(key)).Code == "agent_not_active");
        await Waiting.ForAsync("this one refuses", async () => (await _one.ChatAsync(key)).Code == "agent_not_active");
        Assert.Equal(LifecycleStatus.Suspended, await StandingAsync(_one, agent));
    }

    /// <summary>The records about an agent, oldest first, once there are so many.</summary>
    private async Task<List<JsonElement>> ChangesAsync(string agent, int least = 1)
    {
        List<JsonElement> changes = [];
        await Waiting.ForAsync(
            "the changes are on record",
            () =>
            {
                changes =
                [
                    .. JournalReading
                        .Records(_one.JournalPath, "demo")
                        .Select(record => record.GetProperty("body"))
                        .Where(body => body.TryGetProperty("subject", out var subject) && subject.GetString() == agent),
                ];
                var isWhole = !changes.Exists(change => KindOf(change) == "trigger_fired" && IsEnforced(change)) || changes.Count > 1;
                return isWhole && changes.Count >= least;
            }
        );
        return [.. changes.OrderBy(change => KindOf(change) != "trigger_fired")];
    }

    private static bool IsEnforced(JsonElement fired) => fired.GetProperty("after").GetProperty("mode").GetString() == "enforce";
}

internal static class StatusOfAnswer
{
    /// <summary>The answer's status; nothing else of it is needed.</summary>
    public static int Status(this HttpResponseMessage response)
    {
        using (response)
        {
            return (int)response.StatusCode;
        }
    }
}
