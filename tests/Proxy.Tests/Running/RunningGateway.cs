using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity.Signing;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Running;

/// <summary>
/// A real gateway on a real port of 127.0.0.1 with the sample governance, in front of a real stand-in provider. Its data folder is its own,
/// or is shared with another replica.
/// </summary>
public sealed class RunningGateway : IAsyncDisposable
{
    public static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    public static readonly Id<Workspace> Main = Id<Workspace>.Parse("main");

    private readonly TemporaryDirectory? _ownData;
    private readonly TemporaryDirectory _governance;
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, Uri address, string data, TemporaryDirectory? ownData, TemporaryDirectory governance)
    {
        (_app, Address, DataPath, _ownData, _governance) = (app, address, data, ownData, governance);
        Client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
    }

    public Uri Address { get; }

    public string DataPath { get; }

    public string GovernancePath => _governance.Path;

    public string JournalPath => Path.Combine(DataPath, "journal");

    /// <summary>Sends as it is told; follows nothing, keeps nothing.</summary>
    public HttpMessageInvoker Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<RunningGateway> StartAsync(Uri provider, params string[] settings) =>
        StartAsync(provider, data: null, documents: "", settings);

    /// <param name="data">A folder to share with another replica; null for one of its own.</param>
    /// <param name="documents">More governance documents, beside the samples.</param>
    public static Task<RunningGateway> StartAsync(Uri provider, string? data, string documents, params string[] settings) =>
        StartAsync(provider, data, documents, static (_, _) => { }, settings);

    /// <param name="add">Adds services, such as a door that isn't shipped.</param>
    internal static Task<RunningGateway> StartWithAsync(Uri provider, string documents, Action<IServiceCollection> add) =>
        StartAsync(provider, data: null, documents, (services, _) => add(services), []);

    /// <summary>With what stands beside the path, such as the operators' listener.</summary>
    /// <inheritdoc cref="StartAsync(Uri, string?, string, string[])"/>
    public static Task<RunningGateway> StartBesideAsync(
        Uri provider,
        string? data,
        string documents,
        Action<IServiceCollection, Settings> add,
        params string[] settings
    ) => StartAsync(provider, data, documents, add, settings);

    private static async Task<RunningGateway> StartAsync(
        Uri provider,
        string? data,
        string documents,
        Action<IServiceCollection, Settings> add,
        string[] settings
    )
    {
        var ownData = data is null ? new TemporaryDirectory() : null;
        var governance = Governance(provider, documents);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var app = await Program.BuildAsync(
            [
                "--environment=Development",
                $"--urls={address}",
                $"--Gateway:Data:Path={data ?? ownData!.Path}",
                $"--Gateway:Governance:Path={governance.Path}",
                "--Logging:LogLevel:Default=Warning",
                "--Gateway:Identity:AllowedClockSkew=00:00:00", // So that signatures count within a second of the start.
                .. settings,
            ],
            add,
            CancellationToken.None
        );
        var gateway = new RunningGateway(app, address, data ?? ownData!.Path, ownData, governance);
        await gateway.PutSecretsAsync(Demo);
        await app.StartAsync();
        return gateway;
    }

    /// <summary>A bearer key of an agent.</summary>
    public async Task<string> NewBearerAsync(string agent, string tenant = "demo") =>
        (await IssueAsync(agent, CredentialKind.Bearer, null, Id<Tenant>.Parse(tenant))).ShownOnce!.Reveal();

    /// <summary>
    /// A new HMAC credential of an agent with the key that its runtime secret gives, for a test that signs in its own way.
    /// </summary>
    public async Task<(IssuedCredential Issued, byte[] Key)> NewRuntimeKeyAsync(string agent, Id<Tenant> tenant)
    {
        var issued = await IssueAsync(agent, CredentialKind.HmacSha256, null, tenant);
        Assert.True(AgentKeyText.TryParse(issued.ShownOnce!.Reveal(), out var key));
        return (issued, RuntimeKeyDerivation.Derive(key.Secret, tenant, Id<Agent>.Parse(agent), issued.Record.KeyVersion));
    }

    /// <summary>A signer with a new runtime secret of an agent.</summary>
    public async Task<RequestSigner> NewSignerAsync(string agent, TimeProvider? time = null, string tenant = "demo")
    {
        var owner = Id<Tenant>.Parse(tenant);
        var (issued, key) = await NewRuntimeKeyAsync(agent, owner);
        return new RequestSigner(
            new HmacSigningKey(issued.KeyId, key),
            new SigningIdentity(owner, Main, Id<Agent>.Parse(agent)),
            time ?? TimeProvider.System
        );
    }

    public async Task<IssuedCredential> IssueAsync(
        string agent,
        CredentialKind kind,
        string? publicKeyPem,
        Id<Tenant> tenant = default,
        string? uid = null
    )
    {
        var issuer = new CredentialIssuer(
            Services.GetRequiredService<Envelope>(),
            Services.GetRequiredService<GatewayKeys>().BearerPepper,
            TimeProvider.System
        );
        var order = new CredentialOrder
        {
            Tenant = tenant.IsEmpty ? Demo : tenant,
            Workspace = Main,
            Agent = Id<Agent>.Parse(agent),
            AgentUid = uid,
            Kind = kind,
            PublicKeyPem = publicKeyPem,
        };
        Assert.True(issuer.TryIssue(order, out var issued, out var error), error);
        await Services.GetRequiredService<IDurableStore>().AddCredentialAsync(issued!.Record, CancellationToken.None);
        return issued;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, CancellationToken.None);

    /// <summary>
    /// Signs and sends; signs anew while the gateway says that it isn't ready for signatures of this moment: for the allowed clock skew
    /// after its shared state's memory began it can't tell a replay.
    /// </summary>
    public async Task<HttpResponseMessage> SendSignedAsync(RequestSigner signer, Func<HttpRequestMessage> make)
    {
        while (true)
        {
            using var request = make();
            await signer.SignAsync(request, CancellationToken.None);
            var response = await SendAsync(request);
            if (
                response.StatusCode != HttpStatusCode.ServiceUnavailable
                || !(await response.Content.ReadAsStringAsync()).Contains("not_ready", StringComparison.Ordinal)
            )
            {
                return response;
            }

            response.Dispose();
        }
    }

    public HttpRequestMessage Request(HttpMethod method, string path, string? json = null) =>
        new(method, new Uri(Address, path))
        {
            Content = json is null
                ? null
                : new StringContent(json, System.Text.Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        }
        catch (OperationCanceledException)
        {
            // A request that would not end: the host is disposed all the same.
        }

        await _app.DisposeAsync();
        try
        {
            if (_ownData is not null && Directory.Exists(JournalPath))
            {
                Rederived.All(JournalPath); // Whatever a test made a gateway decide must follow from what it recorded.
            }
        }
        finally
        {
            _ownData?.Dispose();
            _governance.Dispose();
        }
    }

    /// <summary>Puts what the sample connectors ask for into the vault of a tenant.</summary>
    public async Task PutSecretsAsync(Id<Tenant> tenant)
    {
        var vault = new EncryptedFileVault(Path.Combine(DataPath, "vault"), Services.GetRequiredService<Envelope>());
        foreach (
            var (reference, value) in new[]
            {
                ("vault://local/openai#key", StandIn.RunningStandIn.OpenAiKey),
                ("vault://local/anthropic#key", StandIn.RunningStandIn.AnthropicKey),
                ("vault://local/crm#token", StandIn.RunningStandIn.CrmToken),
            }
        )
        {
            Assert.True(CredentialReference.TryParse(reference, out var parsed));
            await vault.PutAsync(tenant, parsed!, new Secret(value), CancellationToken.None);
        }
    }

    /// <summary>The samples, with the stand-in where it listens in this test; entitled to tools that it runs, too.</summary>
    private static TemporaryDirectory Governance(Uri provider, string documents)
    {
        var folder = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml"))
        {
            File.WriteAllText(
                folder.File(Path.GetFileName(file)),
                File.ReadAllText(file)
                    .Replace("127.0.0.1:8081", provider.Authority, StringComparison.Ordinal)
                    .Replace("entitlements: [", "entitlements: [hosted_tools, break_glass, ", StringComparison.Ordinal)
            );
        }

        if (documents.Length > 0)
        {
            File.WriteAllText(
                folder.File("zz-test.yaml"),
                documents.Replace("127.0.0.1:8081", provider.Authority, StringComparison.Ordinal)
            );
        }

        return folder;
    }
}
