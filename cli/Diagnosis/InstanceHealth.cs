using System.Text.Json;
using Gateway.Cli.Settings;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Management;

namespace Gateway.Cli.Diagnosis;

/// <summary>
/// Whether a running instance does its work, asked from outside as an orchestrator and an agent would: it is ready, it publishes the keys
/// that receipts are verified with, and it answers nobody who has no credential.
/// </summary>
internal sealed class InstanceHealth : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = Within,
        }
    );

    private readonly Uri _agents;
    private readonly Uri _management;
    private readonly string? _authority;

    /// <param name="agents">Where agents are served; null for the first address that the settings say.</param>
    /// <param name="authority">By which name it is asked; null for the settings' first, or of <paramref name="agents"/>.</param>
    /// <param name="management">Where readiness is told; null for <c>Gateway:Management:Url</c>, else where agents are served.</param>
    public InstanceHealth(CommandConfiguration configuration, Uri? agents, Uri? management, string? authority)
    {
        var settings = new Proxy.Configuration.Settings(configuration.Values);
        _agents = agents ?? Own(FrontDoorOptions.UrlsOf(configuration.Values).Split(';', StringSplitOptions.TrimEntries)[0]);
        var told = agents is null ? settings.Bind<ManagementOptions>("Management").Url : "";
        _management = management ?? (told.Length > 0 ? Own(told) : _agents);
        // Who asks at 127.0.0.1 doesn't address the instance by a name that it is known by.
        _authority = authority ?? (agents is null ? settings.Bind<FrontDoorOptions>("FrontDoor").Authorities.FirstOrDefault() : null);
    }

    public async Task<IReadOnlyList<Finding>> AskAsync(CancellationToken cancellationToken) =>
        [
            await ReadyAsync(cancellationToken),
            await FindAsync(
                "keys",
                "/.well-known/jwks.json",
                (status, body) =>
                    status == 200 && HasKeys(body)
                        ? null
                        : ($"It doesn't publish its keys (status {status}).", "Ask at an address and by a name that agents reach it by."),
                cancellationToken
            ),
            await FindAsync(
                "guard",
                "/v1/models",
                (status, _) =>
                    status == 401
                        ? null
                        : (
                            $"A request without a credential got {status} and not 401.",
                            status == 404 ? "Name one of its names: --authority." : "Let no agent reach it."
                        ),
                cancellationToken
            ),
        ];

    public void Dispose() => _client.Dispose();

    private async Task<Finding> ReadyAsync(CancellationToken cancellationToken)
    {
        var (status, body) = await GetAsync(_management, "/readyz", null, cancellationToken);
        return status switch
        {
            200 => new Finding("ready", FindingStatus.Pass, $"It is ready: {body}"),
            0 => new Finding("ready", FindingStatus.Fail, $"Nothing answers at {_management}: {body}", "Start it: gateway serve"),
            _ => new Finding("ready", FindingStatus.Fail, $"It isn't ready: {body}", "docs/running.md says what each member means."),
        };
    }

    private async Task<Finding> FindAsync(
        string check,
        string path,
        Func<int, string, (string Problem, string Remedy)?> judge,
        CancellationToken cancellationToken
    )
    {
        var (status, body) = await GetAsync(_agents, path, _authority, cancellationToken);
        return status == 0 ? new Finding(check, FindingStatus.Fail, $"Nothing answers at {_agents}: {body}", "Start it: gateway serve")
            : judge(status, body) is var (problem, remedy) ? new Finding(check, FindingStatus.Fail, problem, remedy)
            : new Finding(check, FindingStatus.Pass, $"{path} answers as it must.");
    }

    /// <returns>The status, and the body; 0, and why, where nothing answered.</returns>
    private async Task<(int Status, string Body)> GetAsync(Uri address, string path, string? host, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Within);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            request.Headers.Host = host;
            using var answer = await _client.SendAsync(request, limit.Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return (0, e is OperationCanceledException ? $"no answer within {Within.TotalSeconds:0} s." : e.Message);
        }
    }

    private static bool HasKeys(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("keys", out var keys) && keys.GetArrayLength() > 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What is listened at, as an address of this machine.</summary>
    private static Uri Own(string url) =>
        ListenAddress.Parse(url) is var (address, local)
            ? new UriBuilder(address) { Host = ListenAddress.Asked(local).ToString() }.Uri
            : throw new Results.InvalidInputException($"'{url}' can't be asked.", "Name the address by --url.");
}
