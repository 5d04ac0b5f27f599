using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Proxy.Tests.StandIn;

/// <summary>A stand-in provider on a free port of its own, with the default credentials. Ends with the test.</summary>
public sealed class RunningStandIn : IAsyncDisposable
{
    public const string OpenAiKey = "standin-openai-key";
    public const string AnthropicKey = "standin-anthropic-key";
    public const string CrmToken = "standin-crm-token";

    private readonly WebApplication _app;

    private RunningStandIn(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>Straight to the stand-in, with no credential.</summary>
    public HttpClient Client { get; }

    /// <param name="settings">Such as <c>--StandIn:Seen=3</c>.</param>
    public static async Task<RunningStandIn> StartAsync(params string[] settings)
    {
        var app = Samples.Provider.StandIn.Build(["--urls=http://127.0.0.1:0", .. settings]);
        await app.StartAsync();
        return new RunningStandIn(app);
    }

    /// <summary>The last requests, the oldest first: method, target, headers, body, bodyBase64.</summary>
    public async Task<IReadOnlyList<JsonElement>> SeenAsync() =>
        [.. JsonDocument.Parse(await Client.GetStringAsync("/_seen")).RootElement.EnumerateArray()];

    /// <summary>Requests since the start or the last <c>DELETE /_seen</c>.</summary>
    public async Task<long> CountAsync() =>
        JsonDocument.Parse(await Client.GetStringAsync("/_count")).RootElement.GetProperty("count").GetInt64();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
