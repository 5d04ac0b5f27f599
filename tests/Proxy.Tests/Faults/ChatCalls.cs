using System.Diagnostics;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Model calls one after the other, each kept as its caller saw it: an answer that has no end has the status 0 and the code <c>cut</c>.
/// </summary>
internal sealed class ChatCalls(Uri address, string bearer) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public async Task<IReadOnlyList<Call>> RepeatAsync(string model, bool stream, int times)
    {
        var calls = new List<Call>(times);
        while (calls.Count < times)
        {
            var call = await CallAsync(model, stream);
            calls.Add(call);
            if (call.RefusedForNow)
            {
                await Task.Delay(20); // As a caller does that was told to come later.
            }
        }

        return calls;
    }

    public void Dispose() => _client.Dispose();

    private async Task<Call> CallAsync(string model, bool stream)
    {
        using var request = BearerChat.To(
            address,
            bearer,
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hello"}]}"""
        );
        var started = Load.Now;
        using var response = await _client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        var decision = response.Headers.TryGetValues("Gateway-Decision-Id", out var ids) ? ids.Single() : null;
        var (status, code) = await EndAsync(response, stream);
        return new Call(started, Stopwatch.GetElapsedTime(started), false, status, code, decision);
    }

    private static async Task<(int Status, string Code)> EndAsync(HttpResponseMessage response, bool stream)
    {
        try
        {
            var body = await response.Content.ReadAsStringAsync().WaitAsync(Waiting.Deadline);
            return response.IsSuccessStatusCode
                ? stream && !body.Contains("[DONE]", StringComparison.Ordinal)
                    ? (0, "cut")
                    : ((int)response.StatusCode, "")
                : ((int)response.StatusCode, Call.CodeOf(body));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (0, "cut");
        }
    }
}
