using System.Text.Json;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Single calls of a running gateway, told by status and code.</summary>
internal static class Asking
{
    private const string Chat = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"WORDS"}]}""";

    public static Task<(int Status, string Code)> ChatAsync(this RunningGateway gateway, string bearer, string words = "hello") =>
        SendAsync(gateway, ChatRequest(gateway, bearer, words, stream: false));

    public static HttpRequestMessage ChatRequest(this RunningGateway gateway, string bearer, string words, bool stream)
    {
        var body = Chat.Replace("WORDS", words, StringComparison.Ordinal);
        var request = gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            stream ? body.Replace("{\"model", "{\"stream\":true,\"model", StringComparison.Ordinal) : body
        );
        request.Headers.Add("Authorization", $"Bearer {bearer}");
        return request;
    }

    public static async Task<(int Status, string Code)> SendAsync(this RunningGateway gateway, HttpRequestMessage request)
    {
        using (request)
        using (var response = await gateway.Client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline))
        {
            var body = await response.Content.ReadAsStringAsync().WaitAsync(Waiting.Deadline);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? "" : Call.CodeOf(body));
        }
    }

    /// <summary>Signed, with as many tries as a cold process may need.</summary>
    public static async Task<(int Status, string Code)> SignedAsync(
        this RunningGateway gateway,
        Proxy.Identity.Signing.RequestSigner signer,
        string path = "/tools/crm/contacts/c-1"
    )
    {
        using var response = await gateway.SendSignedAsync(signer, () => gateway.Request(HttpMethod.Get, path)).WaitAsync(Waiting.Deadline);
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? "" : Call.CodeOf(await response.Content.ReadAsStringAsync()));
    }

    public static async Task<(int Status, JsonElement Checks)> ReadinessAsync(this RunningGateway gateway)
    {
        using var response = await gateway.Client.SendAsync(gateway.Request(HttpMethod.Get, "/readyz"), CancellationToken.None);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>An endless stream that has begun.</summary>
    public static async Task<Stream> EndlessAsync(this RunningGateway gateway, string bearer)
    {
        var response = await gateway
            .Client.SendAsync(gateway.ChatRequest(bearer, "!endless", stream: true), CancellationToken.None)
            .WaitAsync(Waiting.Deadline);
        Assert.Equal(200, (int)response.StatusCode);
        var stream = await response.Content.ReadAsStreamAsync();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[64]));
        return stream;
    }

    /// <summary>Reads on until the stream ends; what came, which may end in a broken connection.</summary>
    public static async Task<string> RestAsync(this Stream stream)
    {
        var text = new MemoryStream();
        try
        {
            await stream.CopyToAsync(text).WaitAsync(Waiting.Deadline);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Cut.
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
