using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>Two replicas in front of a provider that keeps answers for whoever names them; for all the tests of a class.</summary>
public sealed class KeptDoors : IAsyncLifetime
{
    private static readonly string Documents = string.Join(
        "\n---\n",
        [
            DoorDocuments.Model("kept", "  hostedTools: [{name: background, action: read, risk: low}]"),
            DoorDocuments.Model("stateless", "  providerState: none"),
            .. new[] { "ada", "bob" }.SelectMany(agent =>
                new[]
                {
                    DoorDocuments.Agent(agent).Replace("level: L2", "level: L3", StringComparison.Ordinal),
                    DoorDocuments.Permission(agent, "kept"),
                    DoorDocuments.Permission(agent, "openai"),
                    DoorDocuments.Permission(agent, "anthropic"),
                    DoorDocuments.Permission(agent, "stateless"),
                }
            ),
            .. new[] { "cleo", "dora" }.SelectMany(agent =>
                new[]
                {
                    DoorDocuments.Agent(agent).Replace("level: L2", "level: L3", StringComparison.Ordinal),
                    DoorDocuments.Permission(agent, "kept"),
                    DoorDocuments.Permission(agent, "stateless"),
                }
            ),
            DoorDocuments.Agent("eve"),
            DoorDocuments.Agent("fay"),
            DoorDocuments.Permission("fay", "anthropic", "  maxTokens: 5"),
            DoorDocuments.Agent("gil", "  modelTokens: {tokens: 100, window: 1d}"),
            DoorDocuments.Permission("gil", "anthropic"),
            DoorDocuments.Permission("gil", "kept"),
        ]
    );

    private readonly TemporaryDirectory _data = new();
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public RunningStandIn Provider { get; private set; } = null!;

    public RunningGateway First { get; private set; } = null!;

    public RunningGateway Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await RunningStandIn.StartAsync();
        First = await StartAsync();
        Second = await StartAsync();
        foreach (var agent in new[] { "ada", "bob", "cleo", "dora", "eve", "fay", "gil" })
        {
            _keys[agent] = await First.NewBearerAsync(agent);
        }
    }

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Provider.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>A replica more, which knows nothing of what went before.</summary>
    public Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(Provider.Address, _data.Path, Documents);

    public async Task<HttpResponseMessage> SendAsync(
        string agent,
        HttpMethod method,
        string path,
        string? body = null,
        RunningGateway? at = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = (at ?? First).Request(method, path, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[agent]);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await (at ?? First).SendAsync(request);
    }

    public async Task<HttpResponseMessage> SendAsync(string agent, HttpMethod method, string path, HttpContent body, RunningGateway at)
    {
        using var request = at.Request(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[agent]);
        request.Content = body;
        return await at.SendAsync(request);
    }

    /// <summary>An answer of the Responses API that the provider keeps.</summary>
    public async Task<JsonElement> AnswerAsync(string agent, string input, string more = "", RunningGateway? at = null)
    {
        using var response = await SendAsync(
            agent,
            HttpMethod.Post,
            "/v1/responses",
            $$"""{"model":"kept-1","input":{{JsonSerializer.Serialize(input)}}{{more}}}""",
            at
        );
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The bodies that the provider saw with a word in them.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync(string word) =>
        [
            .. from seen in await Provider.SeenAsync()
            let body = seen.GetProperty("body").GetString()!
            where body.Contains(word, StringComparison.Ordinal)
            select body,
        ];
}
