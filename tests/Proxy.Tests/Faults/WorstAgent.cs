using System.Collections.Concurrent;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// One agent that does all it can to be in the way, at a fixed rate: malformed requests and unknown places, a new idempotency key each,
/// streams that it leaves, and calls that its provider answers with a fault.
/// </summary>
internal sealed class WorstAgent : IAsyncDisposable
{
    public const int PerSecond = 300;

    private const int Slice = 100;

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private readonly Uri _address;
    private readonly string _bearer;
    private readonly Task _acting;
    private volatile bool _ended;

    public WorstAgent(Uri address, string bearer)
    {
        (_address, _bearer) = (address, bearer);
        _acting = Task.Run(ActAsync);
    }

    /// <value>How many were sent, and how many of them got which status.</value>
    public string Said => string.Join(", ", _answers.OrderBy(a => a.Key).Select(a => $"{a.Value} times {a.Key}"));

    public int Sent => _answers.Values.Sum();

    public async ValueTask DisposeAsync()
    {
        _ended = true;
        await _acting;
        _client.Dispose();
    }

    private async Task ActAsync()
    {
        for (var first = 0; !_ended; first += Slice)
        {
            await OpenLoop.RunAsync(Slice, PerSecond, i => CallAsync(first + i));
        }
    }

    private async Task<int> CallAsync(int number)
    {
        using var request = (number % 5) switch
        {
            0 => BearerChat.To(_address, _bearer, "{\"model\":\"gpt-4o-mini\",\"messages\":["),
            1 => new HttpRequestMessage(HttpMethod.Get, new Uri(_address, $"/tools/nowhere-{number}/x")),
            2 => BearerChat.To(_address, _bearer),
            3 => BearerChat.To(_address, _bearer, Asking("!endless", stream: true)),
            _ => BearerChat.To(_address, _bearer, Asking("!error 500", stream: false)),
        };
        if (!request.Headers.Contains("Authorization"))
        {
            request.Headers.Add("Authorization", $"Bearer {_bearer}");
        }

        request.Headers.Add("Idempotency-Key", $"key-{number}");
        var status = await AnswerAsync(request);
        _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        return status;
    }

    /// <summary>Of a stream the beginning only: its caller leaves.</summary>
    private async Task<int> AnswerAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
            await using var body = await response.Content.ReadAsStreamAsync();
            _ = await body.ReadAsync(new byte[1024]).AsTask().WaitAsync(Waiting.Deadline);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return 0;
        }
    }

    private static string Asking(string words, bool stream) =>
        $$"""{"model":"gpt-4o-mini","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{words}}"}]}""";
}
