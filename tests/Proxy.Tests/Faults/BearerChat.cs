using System.Net.Http.Headers;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A model call with a bearer key.</summary>
internal static class BearerChat
{
    public const string Hello = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""";

    public static HttpRequestMessage To(Uri address, string bearer, string body = Hello)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/chat/completions"))
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Authorization", $"Bearer {bearer}");
        return request;
    }
}
