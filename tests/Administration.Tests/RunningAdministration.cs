using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Administration.Tests;

/// <summary>A real gateway with its operators' listener, on real ports of 127.0.0.1.</summary>
public sealed class RunningAdministration : IAsyncDisposable
{
    /// <summary>A payment that two of three people of the treasury must approve.</summary>
    public const string Documents = """
        apiVersion: gateway/v1
        kind: Connector
        metadata: {tenant: demo, name: bank}
        spec:
          type: http
          baseAddress: http://127.0.0.1:8081/crm
          scope: internal
          environment: development
          credential: {reference: "vault://local/crm#token", placement: header, name: x-crm-token}
          operations:
            - {name: refund, action: financial, risk: low, methods: [POST], path: /refunds}
        ---
        apiVersion: gateway/v1
        kind: Agent
        metadata: {tenant: demo, name: payer}
        spec: {workspace: main, owners: {human: Ada Sample, security: Ben Sample}, status: active, level: L3, risk: low}
        ---
        apiVersion: gateway/v1
        kind: ToolPermission
        metadata: {tenant: demo, name: payer-bank}
        spec: {agent: payer, connector: bank, operations: "*", auditLogging: true}
        ---
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: bank}
        spec: {active: true, connectors: [bank], approverGroups: [treasury], quorum: 2}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: treasury}
        spec: {members: [cleo, dora, Ada Sample]}
        """;

    public const string Password = "correct horse battery";

    private readonly RunningStandIn _provider;
    private readonly bool _isReplica;

    private RunningAdministration(RunningStandIn provider, RunningGateway gateway, Uri address, bool isReplica) =>
        (_provider, Gateway, Address, _isReplica) = (provider, gateway, address, isReplica);

    public RunningGateway Gateway { get; }

    /// <summary>The operators' listener.</summary>
    public Uri Address { get; }

    public RunningStandIn Provider => _provider;

    public SqlStore Store => Gateway.Services.GetRequiredService<SqlStore>();

    public OperatorStore Operators => new(Store.Databases, new ChangeOrigin("os:test", "here", ""));

    public OperatorKeyIssuer Keys => new(Gateway.Services.GetRequiredService<GatewayKeys>().BearerPepper);

    public static async Task<RunningAdministration> StartAsync(string documents = Documents, params string[] settings)
    {
        var provider = await RunningStandIn.StartAsync();
        return await StartAsync(provider, data: null, documents, secure: null, settings);
    }

    /// <param name="secure">Where it listens, too.</param>
    public static async Task<RunningAdministration> StartAtAsync(string documents, Uri secure, params string[] settings) =>
        await StartAsync(await RunningStandIn.StartAsync(), data: null, documents, secure, settings);

    /// <summary>Another over the same data, in front of the same provider; it ends before the first.</summary>
    public Task<RunningAdministration> StartReplicaAsync(string documents, Uri secure, params string[] settings) =>
        StartAsync(_provider, Gateway.DataPath, documents, secure, settings);

    private static async Task<RunningAdministration> StartAsync(
        RunningStandIn provider,
        string? data,
        string documents,
        Uri? secure,
        string[] settings
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var gateway = await RunningGateway.StartBesideAsync(
            provider.Address,
            data,
            documents,
            AdministrationSetup.AddAdministration,
            [$"--Gateway:Administration:Urls={address.GetLeftPart(UriPartial.Authority)};{secure}", .. settings]
        );
        return new RunningAdministration(provider, gateway, address, isReplica: data is not null);
    }

    /// <summary>An operator with a token that may all that the operator may.</summary>
    public async Task<OperatorClient> NewOperatorAsync(string name, OperatorRoles roles, string? person = null, string tenant = "demo")
    {
        var (owner, now) = (Id<Tenant>.Parse(tenant), TimeProvider.System.GetUtcNow());
        var record = new OperatorRecord
        {
            Name = name,
            Person = person ?? name,
            Roles = roles,
            BreakGlassUntil = now.AddHours(1),
            Password = await PasswordHash.ComputeAsync(Password, CancellationToken.None),
            At = now,
        };
        Assert.Equal(OperatorOutcome.Done, await Operators.AddAsync(owner, record, CancellationToken.None));
        return new OperatorClient(Address, await NewTokenAsync(name, roles, tenant));
    }

    public async Task<string> NewTokenAsync(string name, OperatorRoles roles, string tenant = "demo")
    {
        var owner = Id<Tenant>.Parse(tenant);
        var (key, text) = Keys.Issue(owner, OperatorKeyKind.Token, name, roles, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        Assert.True(await Operators.AddKeyAsync(owner, key with { Name = $"t-{key.Id}" }, CancellationToken.None));
        return text.Reveal();
    }

    /// <summary>Signs in as a browser does.</summary>
    public async Task<OperatorClient> SignInAsync(string name, string tenant = "demo")
    {
        var client = new OperatorClient(Address, token: null);
        var (status, body) = await client.SendAsync(
            HttpMethod.Post,
            "sign-in",
            new
            {
                tenant,
                name,
                password = Password,
            }
        );
        Assert.Equal((HttpStatusCode.OK, body.ToString()), (status, body.ToString()));
        client.Csrf = body.GetProperty("csrf").GetString()!;
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (!_isReplica)
        {
            await _provider.DisposeAsync();
        }
    }
}

/// <summary>What an operator's program, or browser, sends.</summary>
public sealed class OperatorClient(Uri address, string? token) : IDisposable
{
    private HttpClient? _http;

    public string Csrf { get; set; } = "";

    public string? Cookie { get; private set; }

    public HttpClient Http =>
        _http ??= new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
            }
        )
        {
            BaseAddress = new Uri(address, "/admin/v1/"),
        };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var response = await SendRawAsync(method, path, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<HttpResponseMessage> SendRawAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }
        else if (Cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", Cookie);
            Add(request, "Origin", address.GetLeftPart(UriPartial.Authority));
            Add(request, "Gateway-Csrf", Csrf);
        }

        var response = await Http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            Cookie = set.Single().Split(';')[0];
        }

        return response;
    }

    public void Dispose() => _http?.Dispose();

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.Contains(name))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
