using System.Text.Json;
using Gateway.Proxy.Tests.Readers;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>A webhook in Node.js that checks what it gets with the library of Standard Webhooks.</summary>
internal sealed class WebhookReader : IAsyncDisposable
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { UseProxy = false });

    private readonly ReaderProcess _process;

    private WebhookReader(ReaderProcess process) => _process = process;

    public Uri Address => new(_process.Address, "/in");

    public static async Task<WebhookReader> StartAsync(string secret = Secret) =>
        new(await ReaderProcess.NodeAsync("webhook.mjs", "standardwebhooks", secret));

    /// <summary>What it says to the next messages, whatever they are.</summary>
    public Task AnswerAsync(params int[] statuses) => GetAsync($"/_answer/{string.Join(',', statuses)}");

    public async Task<IReadOnlyList<SeenMessage>> SeenAsync() =>
        JsonSerializer.Deserialize<List<SeenMessage>>(await GetAsync("/_seen"), JsonSerializerOptions.Web)!;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<string> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_process.Address, path));
        using var response = await Client.SendAsync(request, CancellationToken.None);
        return await response.Content.ReadAsStringAsync();
    }
}

/// <param name="Valid">Whether the signature is good, by the library.</param>
internal sealed record SeenMessage(string Id, bool Valid, string Body, string Path);
