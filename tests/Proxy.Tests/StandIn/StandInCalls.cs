using System.Text;
using System.Text.Json;

namespace Gateway.Proxy.Tests.StandIn;

/// <summary>Requests to the stand-in as its own callers would send them.</summary>
internal static class StandInCalls
{
    public static HttpRequestMessage Chat(string content, string more = "") =>
        OpenAi("/v1/chat/completions", $$"""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"{{content}}"}]{{more}}}""");

    public static HttpRequestMessage OpenAi(string path, string body) =>
        Post(path, body, "Authorization", $"Bearer {RunningStandIn.OpenAiKey}");

    public static HttpRequestMessage Message(string content, string more = "")
    {
        var body = $$"""{"model":"claude-sonnet-4-5","max_tokens":64,"messages":[{"role":"user","content":"{{content}}"}]{{more}}}""";
        var request = Post("/anthropic/v1/messages", body, "x-api-key", RunningStandIn.AnthropicKey);
        request.Headers.Add("anthropic-version", "2023-06-01");
        return request;
    }

    public static HttpRequestMessage Crm(HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-crm-token", RunningStandIn.CrmToken);
        return request;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>The <c>data</c> of each event of a whole stream.</summary>
    public static async Task<IReadOnlyList<string>> DataAsync(this HttpResponseMessage response) =>
        [
            .. (await response.Content.ReadAsStringAsync())
                .Split('\n')
                .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
                .Select(line => line[6..]),
        ];

    private static HttpRequestMessage Post(string path, string body, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }
}
