using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Bridging;

/// <summary>
/// What an outlet gives, as the answer to an HTTP request: one JSON document where the response is all there is, and a stream of events
/// from the first other message on, or when it takes long.
/// </summary>
internal sealed class EventAnswer(HttpResponse response, bool takesJson)
{
    /// <value>Between two signs of life, so that nobody on the way takes the connection for dead.</value>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private bool _isStream;

    /// <summary>Until the outlet has given its last message.</summary>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task WriteAsync(Outlet outlet, CancellationToken aborted)
    {
        foreach (var message in outlet.First)
        {
            await WriteEventAsync(message, aborted);
        }

        for (var waiting = outlet.Messages.WaitToReadAsync(aborted).AsTask(); ; )
        {
            if (await Task.WhenAny(waiting, Task.Delay(Quiet, aborted)) != waiting)
            {
                await StayAliveAsync(outlet, aborted);
            }
            else if (!await waiting)
            {
                break;
            }
            else if (outlet.Messages.TryRead(out var message))
            {
                await WriteEventAsync(message, aborted);
                waiting = outlet.Messages.WaitToReadAsync(aborted).AsTask();
            }
        }

        if ((outlet.Failure ?? outlet.Response?.Bytes) is { } last)
        {
            await WriteLastAsync(last, aborted);
        }
    }

    /// <summary>Begins a stream that may have nothing to say for long, so that the client knows it has one.</summary>
    public async Task BeginAsync(CancellationToken aborted)
    {
        if (!_isStream)
        {
            _isStream = true;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache, no-transform";
            await response.StartAsync(aborted);
            await response.BodyWriter.FlushAsync(aborted);
        }
    }

    private async Task StayAliveAsync(Outlet outlet, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        if (outlet.TakesEvents)
        {
            await BeginAsync(aborted);
            await response.BodyWriter.WriteAsync(": \n\n"u8.ToArray(), aborted);
        }
    }

    private async Task WriteEventAsync(ReadOnlyMemory<byte> message, CancellationToken aborted)
    {
        await BeginAsync(aborted);
        var writer = response.BodyWriter;
        Put("event: message\ndata: "u8);
        Put(message.Span);
        Put("\n\n"u8);
        await writer.FlushAsync(aborted);

        void Put(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
        }
    }

    private async Task WriteLastAsync(ReadOnlyMemory<byte> message, CancellationToken aborted)
    {
        if (_isStream || !takesJson)
        {
            await WriteEventAsync(message, aborted);
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = message.Length;
        await response.BodyWriter.WriteAsync(message, aborted);
    }
}
