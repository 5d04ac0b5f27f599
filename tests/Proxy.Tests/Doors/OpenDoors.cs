using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>
/// One gateway with the governance of <see cref="DoorDocuments"/>, before a stand-in and a scripted upstream; for all the tests of a class.
/// </summary>
public sealed class OpenDoors : IAsyncLifetime
{
    /// <summary>How long anything may take before a test gives up: far beyond what it does take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _keys = new(StringComparer.Ordinal);

    public ScriptedUpstream Upstream { get; } = new();

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, DoorDocuments.All(Upstream.Address));
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>An agent's bearer key, made once.</summary>
    public Task<string> KeyOfAsync(string agent) =>
        _keys.GetOrAdd(agent, name => new Lazy<Task<string>>(() => Gateway.NewBearerAsync(name))).Value;

    /// <summary>Sends with an agent's bearer key.</summary>
    public async Task<HttpResponseMessage> SendAsync(string agent, HttpRequestMessage request)
    {
        request.Headers.Add("Authorization", $"Bearer {await KeyOfAsync(agent)}");
        return await Gateway.SendAsync(request);
    }

    /// <summary>A chat as an agent that may use every connector, unless another is named.</summary>
    public Task<HttpResponseMessage> ChatAsync(string content, string more = "", string model = "gpt-4o-mini", string agent = "prober") =>
        SendAsync(
            agent,
            Gateway.Request(
                HttpMethod.Post,
                "/v1/chat/completions",
                $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{more}}}"""
            )
        );

    public Task<HttpResponseMessage> ResponsesAsync(
        string input,
        string more = "",
        string model = "gpt-4o-mini",
        string agent = "prober"
    ) => SendAsync(agent, Gateway.Request(HttpMethod.Post, "/v1/responses", $$"""{"model":"{{model}}","input":"{{input}}"{{more}}}"""));

    public Task<HttpResponseMessage> MessageAsync(
        string content,
        string more = "",
        string model = "claude-sonnet-4-5",
        string agent = "prober"
    )
    {
        var body = $$"""{"model":"{{model}}","max_tokens":64,"messages":[{"role":"user","content":"{{content}}"}]{{more}}}""";
        var request = Gateway.Request(HttpMethod.Post, "/v1/messages", body);
        request.Headers.Add("anthropic-version", "2023-06-01");
        return SendAsync(agent, request);
    }

    public Task<HttpResponseMessage> ToolAsync(HttpMethod method, string path, string? json = null) =>
        SendAsync("prober", Gateway.Request(method, path, json));

    /// <summary>The stand-in's view of the request that holds this word in its body or target.</summary>
    public async Task<JsonElement> SeenAsync(string word) => Assert.Single(await AllSeenAsync(word));

    public async Task<IReadOnlyList<JsonElement>> AllSeenAsync(string word) =>
        [
            .. (await Provider.SeenAsync()).Where(seen =>
                $"{seen.GetProperty("target")} {seen.GetProperty("body")}".Contains(word, StringComparison.Ordinal)
            ),
        ];

    /// <summary>What the journal holds of an answer's decision.</summary>
    public Recorded RecordedOf(HttpResponseMessage response) => Recorded.Find(Gateway.JournalPath, response);

    /// <summary>As the other, once there is an outcome.</summary>
    public async Task<Recorded> ConcludedAsync(HttpResponseMessage response)
    {
        Recorded? recorded = null;
        await Eventually.IsTrueAsync(() => (recorded = RecordedOf(response)).Outcome is not null, "the outcome is recorded");
        return recorded!;
    }
}
