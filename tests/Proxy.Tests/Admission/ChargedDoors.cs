using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>
/// A gateway with an agent for each way in which a call can end; each may use 1,000 tokens. Before a scripted upstream, and a port at
/// which nobody is.
/// </summary>
public sealed class ChargedDoors : IAsyncLifetime
{
    private const int Budget = 1000;

    /// <summary>More than the input of the few words that a probe sends can be.</summary>
    private const int ProbesInput = 30;

    private static readonly string[] Agents =
    [
        "left-message",
        "counted-message",
        "belittled-message",
        "left-whole",
        "left-after-head",
        "left-thinking",
        "left-silent",
        "killed",
        "closed",
        "error-event",
        "unanswered",
        "refused-500",
        "refused-429",
        "late-504",
        "late-524",
        "reset",
        "compressed",
        "uncounted",
        "too-large",
        "several",
    ];

    public ScriptedUpstream Upstream { get; } = new();

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, Documents());
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    public async Task<HttpRequestMessage> RequestAsync(string agent, string path, string body)
    {
        var request = Gateway.Request(HttpMethod.Post, path, body);
        request.Headers.Add("x-api-key", await Gateway.NewBearerAsync(agent));
        return request;
    }

    /// <summary>A chat of a model that is told not to think.</summary>
    public Task<HttpRequestMessage> ChatAsync(string agent, string content, string more, string model = "scripted-1") =>
        RequestAsync(
            agent,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}","reasoning_effort":"none","messages":[{"role":"user","content":"{{content}}"}]{{more}}}"""
        );

    /// <summary>Waits until the outcome of the agent's last call is on record, which is behind its settlement.</summary>
    public Task ConcludedAsync(string agent) =>
        Eventually.IsTrueAsync(
            () =>
            {
                var records = Recorded.All(Gateway.JournalPath).ToList();
                var asked = records.LastOrDefault(r => r.Type == "decision" && r.Body.GetProperty("agent").GetString() == agent).Body;
                return asked.ValueKind != default
                    && Recorded.Find(Gateway.JournalPath, asked.GetProperty("decision_id").GetString()!).Outcome is not null;
            },
            $"the outcome of what {agent} did is recorded"
        );

    /// <summary>Asserts what is charged to an agent, to within a few tokens above; once, since it uses some.</summary>
    public async Task AssertChargedAsync(string agent, int tokens)
    {
        await ConcludedAsync(agent);
        Upstream.Answer($"probe-{agent}", LimitedDoors.Answer(1, 1));
        Assert.Equal("budget_exhausted", await ProbeAsync(agent, Budget - tokens));
        Assert.Equal("", await ProbeAsync(agent, Budget - tokens - ProbesInput));
    }

    /// <summary>Why a call that reserves this much and a little is refused; empty where it isn't.</summary>
    private async Task<string> ProbeAsync(string agent, int tokens)
    {
        using var response = await Gateway.SendAsync(await ChatAsync(agent, $"probe-{agent}", $",\"max_tokens\":{tokens}"));
        return response.IsSuccessStatusCode ? "" : await LimitedDoors.CodeOfAsync(response);
    }

    private string Documents() =>
        string.Join(
            "\n---\n",
            [
                .. Agents.Select(agent => DoorDocuments.Agent(agent, $"  modelTokens: {{tokens: {Budget}, window: 1d}}")),
                .. Agents.SelectMany(agent =>
                    new[] { "scripted", "scripted-claude", "small", "dead" }.Select(connector => DoorDocuments.Permission(agent, connector))
                ),
                DoorDocuments.Model("scripted", address: $"{Upstream.Address}v1"),
                DoorDocuments.Model("scripted-claude", address: $"{Upstream.Address}anthropic/v1", type: "anthropic"),
                DoorDocuments.Model("small", "  responseBytes: 4KiB", $"{Upstream.Address}v1"),
                DoorDocuments.Model("dead", address: $"http://127.0.0.1:{FreePort.Next()}/v1"),
            ]
        );
}
