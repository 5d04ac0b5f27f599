using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>
/// One gateway with an agent for each obligation, owed by a rule of a Policy document; before a stand-in and a scripted upstream.
/// </summary>
public sealed class ReducedDoors : IAsyncLifetime
{
    private static readonly (string Agent, string Obligations)[] Owed =
    [
        ("redactor", "{redact_request: {patterns: [email, card, secret], fields: [/ssn]}}"),
        ("field-redactor", "{redact_request: {fields: [/model, /messages/0/content]}}"),
        ("screened", "{redact_response: {patterns: [email, card], fields: [/ssn, /rows/*/ssn]}}"),
        ("downgraded", "{model_downgrade: gpt-4o-mini, max_tokens: 7}"),
        ("downgraded-to-none", "{model_downgrade: nowhere-1}"),
        ("downgraded-elsewhere", "{model_downgrade: scripted-1}"),
        ("downgraded-to-blocked", "{model_downgrade: gpt-4o}"),
        ("torn", "{model_downgrade: gpt-4o-mini}"),
        ("bare", "{strip_tools: all}"),
        ("no-search", "{strip_tools: [web_search, delete_all, files]}"),
        ("ten-rows", "{row_limit: 2}"),
        ("named-rows", "{row_limit: {at: /rows, rows: 1}, redact_response: {patterns: [email]}}"),
        ("reader", "{read_only: true}"),
        ("reader-alone", "{read_only: true}"),
        ("never", "{sample: 0.000001}"),
        ("nearly-always", "{sample: 0.999999}"),
        ("half", "{sample: 0.5}"),
        ("rehearsed", "{dry_run: true, read_only: true}"),
    ];

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _keys = new(StringComparer.Ordinal);

    public ScriptedUpstream Upstream { get; } = new();

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        Gateway = await RunningGateway.StartAsync(Provider.Address, data: null, Documents(Upstream.Address));
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(string agent, HttpMethod method, string path, string? json = null)
    {
        using var request = Gateway.Request(method, path, json);
        request.Headers.Add("Authorization", $"Bearer {await KeyOfAsync(agent)}");
        if (path.StartsWith("/v1/messages", StringComparison.Ordinal))
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        return await Gateway.SendAsync(request);
    }

    /// <param name="more">Members behind the messages, each with its comma before it.</param>
    public Task<HttpResponseMessage> ChatAsync(string agent, string content, string more = "", string model = "gpt-4o") =>
        SendAsync(
            agent,
            HttpMethod.Post,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}]{{more}}}"""
        );

    /// <summary>The bodies that the provider saw with this word in them.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync(string word) =>
        [
            .. (await Provider.SeenAsync())
                .Select(seen => seen.GetProperty("body").GetString()!)
                .Where(body => body.Contains(word, StringComparison.Ordinal)),
        ];

    public JsonElement DecisionOf(HttpResponseMessage response) => Recorded.Find(Gateway.JournalPath, response).Decision!.Value;

    /// <summary>Refused, by this obligation, and nothing with this word has left.</summary>
    public async Task AssertUnmetAsync(HttpResponseMessage response, string why, string word)
    {
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("obligation_unmet", text, StringComparison.Ordinal);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Empty(await SeenAsync(word));
        Assert.Equal("refused", Recorded.Find(Gateway.JournalPath, response).Outcome!.Value.GetProperty("status").GetString());
        Assert.False(DecisionOf(response).TryGetProperty("token_id", out _));
    }

    public static IEnumerable<string> Met(JsonElement decision) =>
        decision.GetProperty("obligations_met").EnumerateArray().Select(name => name.GetString()!);

    private Task<string> KeyOfAsync(string agent) =>
        _keys.GetOrAdd(agent, name => new Lazy<Task<string>>(() => Gateway.NewBearerAsync(name))).Value;

    private static string Documents(Uri scripted) =>
        string.Join(
            "\n---\n",
            [
                .. Owed.Select(owed => DoorDocuments.Agent(owed.Agent, "  bearerTools: true")),
                DoorDocuments.Agent("half-known"),
                .. new[] { "openai", "anthropic", "strict" }.Select(connector => DoorDocuments.Permission("half-known", connector)),
                DoorDocuments.Model("strict", "  unknown: refuse"),
                .. Owed.SelectMany(owed =>
                    new[] { "openai", "anthropic", "searching" }.Select(connector => DoorDocuments.Permission(owed.Agent, connector))
                ),
                .. Owed.Where(owed => owed.Agent != "reader-alone").Select(owed => DoorDocuments.Permission(owed.Agent, "rows")),
                DoorDocuments.Permission("reader-alone", "rows", operations: "[update, tag]"),
                DoorDocuments.Model("scripted", address: $"{scripted}v1"),
                DoorDocuments.Model(
                    "searching",
                    "  hostedTools: [{name: web_search, action: read, risk: low}, {name: code_interpreter, action: read, risk: low}]"
                ),
                Rows(scripted),
                Policy,
            ]
        );

    private static string Policy =>
        "apiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: demo, name: owed}\nspec:\n  rules:\n"
        + string.Concat(
            Owed.Select(owed =>
                $"    - {{name: {owed.Agent}, effect: degrade, when: \"agent.name == '{owed.Agent}'\", obligations: {owed.Obligations}}}\n"
            )
        )
        + "    - {name: torn-too, effect: degrade, when: \"agent.name == 'torn'\", obligations: {model_downgrade: gpt-4o}}\n"
        + "    - {name: too-large, effect: block, when: \"agent.name == 'downgraded-to-blocked' && intent.model == 'gpt-4o'\"}\n";

    private static string Rows(Uri scripted) =>
        $$"""
            apiVersion: gateway/v1
            kind: Connector
            metadata: {tenant: demo, name: rows}
            spec:
              type: http
              baseAddress: {{scripted}}base
              scope: internal
              environment: development
              compares: {paths: exact}
              operations:
                - {name: stand, action: read, risk: low, methods: [GET, POST], path: /stand, sends: nothing}
                - {name: named, action: read, risk: low, methods: [GET], path: "/named/{id}", sends: identifiers}
                - {name: list, action: read, risk: low, methods: [GET, HEAD], path: /list, responseHeaders: [etag], responseBytes: 4KiB}
                - {name: put, action: write, risk: low, methods: [POST], path: /put, reversible: true, requestTypes: [application/json, text/plain], requestHeaders: [x-note]}
                - {name: get, action: read, risk: low, methods: [GET], path: "/items/{id}"}
                - {name: special, action: read, risk: low, methods: [GET], path: /items/special}
                - {name: update, action: write, risk: low, methods: [PUT], path: "/items/{id}", reversible: true, read_variant: get}
                - {name: tag, action: write, risk: low, methods: [POST], path: "/items/{id}/tags", reversible: true, read_variant: preview}
                - {name: preview, action: read, risk: low, methods: [POST], path: "/items/{id}/tags/preview"}
                - {name: remove, action: delete, risk: low, methods: [DELETE], path: "/items/{id}", reversible: true}
            """;
}
