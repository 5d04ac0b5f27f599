using System.Text.Json;
using Gateway.Connectors.Bodies;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>One gateway with connectors that keep bodies in each form, before a scripted upstream.</summary>
public sealed class KeptDoors : IAsyncLifetime
{
    private string _key = "";
    private string _screened = "";
    private string _watched = "";

    public ScriptedUpstream Upstream { get; } = new();

    public RunningGateway Gateway { get; private set; } = null!;

    public BodyStore Store => Gateway.Services.GetRequiredService<BodyStore>();

    /// <summary>The tenant's folder of kept bodies.</summary>
    public string BodiesPath => Path.Combine(Gateway.DataPath, "bodies", "demo");

    public async Task InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync(
            Upstream.Address,
            data: null,
            Documents(Upstream.Address),
            "--Gateway:Evidence:Deadline=00:00:30"
        );
        _key = await Gateway.NewBearerAsync("keeper");
        _screened = await Gateway.NewBearerAsync("screened");
        _watched = await Gateway.NewBearerAsync("watched");
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <param name="door">The connector, one of <c>full</c>, <c>redacted</c> and <c>digest</c>.</param>
    /// <param name="word">By which the upstream knows its script.</param>
    public async Task<HttpResponseMessage> ToolAsync(string door, string word, string json, bool screened = false)
    {
        using var request = Gateway.Request(HttpMethod.Post, $"/tools/{door}/{word}", json);
        request.Headers.Add("Authorization", $"Bearer {(screened ? _screened : _key)}");
        return await SendAsync(request);
    }

    /// <summary>A call that is recorded in detail.</summary>
    /// <param name="door">One of <c>digest</c>, <c>plain</c> and <c>plain-full</c>; the last two take text too.</param>
    public async Task<HttpResponseMessage> WatchedAsync(string door, string word, HttpContent body)
    {
        using var request = Gateway.Request(HttpMethod.Post, $"/tools/{door}/{word}");
        request.Content = body;
        request.Headers.Add("Authorization", $"Bearer {_watched}");
        request.Headers.Add("Gateway-Session", "run-42");
        return await SendAsync(request);
    }

    public async Task<HttpResponseMessage> ChatAsync(string model, string word, bool stream)
    {
        using var request = Gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{word}}"}]}"""
        );
        request.Headers.Add("Authorization", $"Bearer {_key}");
        return await SendAsync(request);
    }

    /// <summary>A whole JSON answer.</summary>
    public void Answer(string word, string json, string type = "application/json") =>
        Upstream.Answer(
            word,
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {System.Text.Encoding.UTF8.GetByteCount(json)}\r\nConnection: "
                + $"close\r\n\r\n{json}"
        );

    /// <summary>What was kept; null for nothing.</summary>
    public string? Kept(string decisionId, BodyDirection direction) =>
        Store.Find(RunningGateway.Demo, decisionId, direction) is { } body ? System.Text.Encoding.UTF8.GetString(body.Span) : null;

    public static string DecisionOf(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Gateway-Decision-Id"));

    /// <summary>The members <c>kept</c> of a decision and of its outcome; null where there is none.</summary>
    public async Task<(JsonElement? Request, JsonElement? Response, JsonElement Outcome)> RecordedAsync(string decisionId)
    {
        Recorded? recorded = null;
        await Eventually.IsTrueAsync(
            () => (recorded = Recorded.Find(Gateway.JournalPath, decisionId)).Outcome is not null,
            "the outcome is recorded"
        );
        return (Find(recorded!.Decision!.Value), Find(recorded.Outcome!.Value), recorded.Outcome.Value);
    }

    /// <summary>Takes the tenant's folder away and puts a file in its place, until disposed of.</summary>
    public IDisposable Broken() => new BrokenFolder(BodiesPath);

    /// <summary>The answer with all of its body: it is complete only once it is kept.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var response = await Gateway.SendAsync(request);
        try
        {
            await response.Content.LoadIntoBufferAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Cut: its head is there, and the journal says how it ended.
        }

        return response;
    }

    private static JsonElement? Find(JsonElement body) => body.TryGetProperty("kept", out var kept) ? kept : null;

    private static string Documents(Uri scripted) =>
        string.Join(
            "\n---\n",
            [
                DoorDocuments.Agent("keeper", "  bearerTools: true"),
                DoorDocuments.Agent("screened", "  bearerTools: true"),
                DoorDocuments.Agent("watched", "  bearerTools: true"),
                .. new[] { "digest", "plain", "plain-full" }.Select(connector => DoorDocuments.Permission("watched", connector)),
                .. new[] { "full", "redacted", "digest", "kept" }.Select(connector =>
                    DoorDocuments.Permission("keeper", connector, operations: connector == "kept" ? "\"*\"" : "[post]")
                ),
                DoorDocuments.Permission("screened", "full"),
                DoorDocuments.Model("kept", "  bodies: {keep: full}", $"{scripted}v1"),
                Tool("full", "{keep: full, retention: 7d}", scripted),
                Tool("redacted", "{keep: redacted}", scripted),
                Tool("digest", "{keep: digest}", scripted),
                Tool("plain", "{keep: digest}", scripted, "[application/json, text/plain]"),
                Tool("plain-full", "{keep: full}", scripted, "[application/json, text/plain]"),
                """
                apiVersion: gateway/v1
                kind: Policy
                metadata: {tenant: demo, name: screening}
                spec:
                  rules:
                    - name: screen
                      effect: degrade
                      when: agent.name == 'screened'
                      obligations: {redact_request: {patterns: [email]}, redact_response: {patterns: [email]}}
                    - name: watch
                      effect: allow
                      match: {connectors: [digest]}
                      when: agent.name == 'watched' && args.?note.orValue('') != 'never'
                      obligations: {log_detailed: true}
                    - name: watch-text
                      effect: allow
                      match: {connectors: [plain, plain-full]}
                      obligations: {log_detailed: true}
                """,
            ]
        );

    private static string Tool(string name, string bodies, Uri scripted, string types = "[application/json]") =>
        $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: {{name}}}
            spec:
              type: http
              baseAddress: {{scripted}}base
              scope: internal
              environment: development
              bodies: {{bodies}}
              operations:
                - {name: post, action: write, risk: low, methods: [POST], path: "/{word}", reversible: true, requestTypes: {{types}}}
                - {name: remove, action: write, risk: low, methods: [POST], path: "/{word}/remove", reversible: true}
            """;

    private sealed class BrokenFolder : IDisposable
    {
        private readonly string _path;

        public BrokenFolder(string path)
        {
            _path = path;
            Directory.Move(path, path + ".away");
            File.WriteAllText(path, "");
        }

        public void Dispose()
        {
            File.Delete(_path);
            Directory.Move(_path + ".away", _path);
        }
    }
}
