using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A steady load of signed tool calls and bearer model calls, plain and streamed, by several clients at once until it is disposed; keeps
/// what each one saw.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Stream = """{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const int Step = 100;

    private readonly Uri _address;
    private readonly RequestSigner _signer;
    private readonly string _bearer;
    private readonly HttpMessageInvoker _client;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly TimeSpan _pause;
    private readonly Task _workers;
    private long _succeeded;

    /// <param name="way">What calls go through, such as a load balancer; null for straight to the address.</param>
    public Load(Uri address, RequestSigner signer, string bearer, int clients, TimeSpan pause, HttpMessageHandler? way = null)
    {
        _client = new HttpMessageInvoker(way ?? new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        (_address, _signer, _bearer, _pause) = (address, signer, bearer, pause);
        _workers = Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => WorkAsync(i))));
    }

    public static long Now => Stopwatch.GetTimestamp();

    public IReadOnlyCollection<Call> Calls => _calls;

    public IReadOnlyList<Call> Since(long moment) => [.. _calls.Where(c => c.Started >= moment)];

    public Task<TimeSpan> SucceedsAsync(int times) => SucceedsAsync(Now, times);

    /// <summary>Waits until so many calls of each kind that began after the moment have succeeded.</summary>
    public Task<TimeSpan> SucceedsAsync(long after, int times) =>
        Waiting.ForAsync(
            "calls succeed",
            () =>
                Since(after) is var calls
                && calls.Count(c => c.Succeeded && c.Signed) >= times
                && calls.Count(c => c.Succeeded && !c.Signed) >= times
        );

    /// <summary>How many succeed in a second, over the next so many. It fails only where none succeeds for long: machines differ.</summary>
    public async Task<double> RateAsync(int calls)
    {
        var (from, since) = (Interlocked.Read(ref _succeeded), Now);
        while (Interlocked.Read(ref _succeeded) is var soFar && soFar - from < calls)
        {
            var next = Math.Min(from + calls, soFar + Step);
            await Waiting.ForAsync("calls succeed", () => Interlocked.Read(ref _succeeded) >= next);
        }

        return (Interlocked.Read(ref _succeeded) - from) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    /// <summary>How long after the moment the first such call had succeeded.</summary>
    public TimeSpan FirstSuccess(long after, bool signed) =>
        Since(after).Where(c => c.Succeeded && c.Signed == signed).Min(c => Stopwatch.GetElapsedTime(after, c.Started) + c.Took);

    public static string Worst(IEnumerable<Call> calls)
    {
        var sorted = calls.Select(c => c.Took.TotalMilliseconds).Order().ToList();
        return sorted.Count == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Count} calls, p50 {sorted[sorted.Count / 2]:F0} ms, p99 {sorted[(int)(sorted.Count * 0.99)]:F0} ms, p100 "
                    + $"{sorted[^1]:F0} ms"
            );
    }

    /// <summary>Ends when every call has.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _workers;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _client.Dispose();
        _end.Dispose();
    }

    private async Task WorkAsync(int client)
    {
        for (var i = client; !_end.IsCancellationRequested; i++)
        {
            var call = await CallAsync(i);
            _calls.Enqueue(call);
            if (call.Succeeded)
            {
                Interlocked.Increment(ref _succeeded);
            }

            if (_pause > TimeSpan.Zero)
            {
                await Task.Delay(_pause);
            }
        }
    }

    private async Task<Call> CallAsync(int number)
    {
        var signed = number % 2 == 0;
        using var request = await MakeAsync(number, signed);
        var started = Now;
        var head = 0;
        try
        {
            using var response = await _client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
            head = (int)response.StatusCode;
            var body = await response.Content.ReadAsStringAsync().WaitAsync(Waiting.Deadline);
            var decision = response.Headers.TryGetValues("Gateway-Decision-Id", out var ids) ? ids.Single() : null;
            var code = response.IsSuccessStatusCode ? "" : Call.CodeOf(body);
            var whole = number % 4 != 1 || !response.IsSuccessStatusCode || body.Contains("[DONE]", StringComparison.Ordinal);
            return new Call(started, Stopwatch.GetElapsedTime(started), signed, whole ? head : 0, code, decision) { Head = head };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Call(started, Stopwatch.GetElapsedTime(started), signed, 0, e.Message, null) { Head = head };
        }
    }

    private async Task<HttpRequestMessage> MakeAsync(int number, bool signed)
    {
        if (signed)
        {
            var get = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/tools/crm/contacts/c-1"));
            await _signer.SignAsync(get, CancellationToken.None);
            return get;
        }

        return BearerChat.To(_address, _bearer, number % 4 == 1 ? Stream : BearerChat.Hello);
    }
}
