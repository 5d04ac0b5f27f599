using System.Net;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Loses the shared state under a load of signed and bearer requests: what can't be admitted is refused quickly and sends nothing, the
/// gateway recovers by itself, and what was used before is never accepted again.
/// </summary>
internal sealed class StateLosses(StateGateway fixture, ITestOutputHelper output)
{
    /// <summary>Generous: the wanted figures are 250 ms and 3 s on an idle machine, and are printed.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Recovered = TimeSpan.FromSeconds(30);

    /// <summary>An outage with a beginning and an end: between them nothing succeeds.</summary>
    public async Task OutageAsync(Func<Task> breakAsync, Func<Task> mendAsync)
    {
        var sentBefore = await fixture.Provider.CountAsync();
        using var captured = await UsedRequestAsync();
        await using var load = fixture.Load();
        await load.SucceedsAsync(5);

        await breakAsync();
        var refused = await RefusedAsync(load, mendAsync);
        await RecoversAsync(load, Load.Now);
        await AfterwardsAsync(load, sentBefore, captured);
        Assert.True(refused.Max(c => c.Took) < Soon, Load.Worst(refused));
    }

    private async Task<IReadOnlyList<Call>> RefusedAsync(Load load, Func<Task> mendAsync)
    {
        try
        {
            // What was under way when it broke may have been admitted before; it is done when so many later ones are.
            var broken = Load.Now;
            await Waiting.ForAsync("calls are refused", () => load.Since(broken).Count >= 100);
            var sent = await fixture.Provider.CountAsync();
            await Waiting.ForAsync("more calls are refused", () => load.Since(broken).Count >= 200);
            var refused = load.Since(broken);
            Assert.All(refused, c => Assert.True(c is { Status: 503, Code: "dependency_unavailable" or "not_ready" }, c.ToString()));
            Assert.Equal(sent, await fixture.Provider.CountAsync());
            output.WriteLine($"refused in the outage: {Load.Worst(refused)}");
            return refused;
        }
        finally
        {
            await mendAsync();
        }
    }

    /// <summary>A loss in the middle of the load: each call is either admitted properly or refused.</summary>
    public async Task LossAsync(Func<Task> loseAsync)
    {
        var sentBefore = await fixture.Provider.CountAsync();
        using var captured = await UsedRequestAsync();
        await using var load = fixture.Load();
        await load.SucceedsAsync(5);

        await loseAsync();
        var lost = Load.Now;
        await Waiting.ForAsync("calls go on", () => load.Since(lost).Count >= 20);
        using (var replay = await SendAgainAsync(captured))
        {
            Assert.False(replay.IsSuccessStatusCode, "a request that was used before the loss was accepted again");
        }

        await RecoversAsync(load, lost);
        await AfterwardsAsync(load, sentBefore, captured);
    }

    private async Task RecoversAsync(Load load, long from)
    {
        await load.SucceedsAsync(from, 10);
        var (signed, bearer) = (load.FirstSuccess(from, signed: true), load.FirstSuccess(from, signed: false));
        output.WriteLine($"recovered after {bearer.TotalMilliseconds:F0} ms (bearer), {signed.TotalMilliseconds:F0} ms (signed)");
        Assert.True(bearer < Recovered && signed < Recovered);
    }

    private async Task AfterwardsAsync(Load load, long sentBefore, HttpRequestMessage captured)
    {
        await load.EndAsync();
        using var replay = await SendAgainAsync(captured);
        Assert.False(replay.IsSuccessStatusCode, "a request that was used before the loss was accepted again");

        var calls = load.Calls;
        Assert.All(
            calls,
            c => Assert.True(c.Succeeded || c is { Status: 503, Code: "dependency_unavailable" or "not_ready" }, c.ToString())
        );
        output.WriteLine(
            $"all refused: {Load.Worst(calls.Where(c => !c.Succeeded))}; admitted: {Load.Worst(calls.Where(c => c.Succeeded))}"
        );

        // The captured request was sent once. Everything else that was sent has succeeded.
        Assert.Equal(calls.Count(c => c.Succeeded) + 1, await fixture.Provider.CountAsync() - sentBefore);
    }

    /// <summary>A request that was accepted, and that an eavesdropper could send again.</summary>
    private async Task<HttpRequestMessage> UsedRequestAsync()
    {
        using var deadline = new CancellationTokenSource(Waiting.Deadline);
        while (true)
        {
            var request = fixture.Ask();
            await fixture.Signer.SignAsync(request, CancellationToken.None);
            using var response = await fixture.Gateway.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return request;
            }

            var why = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable && !deadline.IsCancellationRequested, why);
        }
    }

    private async Task<HttpResponseMessage> SendAgainAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var header in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync());
            foreach (var header in content.Headers.NonValidated)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
            }
        }

        return await fixture.Gateway.SendAsync(copy);
    }
}
