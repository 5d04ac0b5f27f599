using System.Collections.Concurrent;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Telemetry;

/// <summary>A collector that speaks OTLP over HTTP and over gRPC, and keeps the bytes that it was sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app, int http, int grpc, TaskCompletionSource? hold)
    {
        (_app, Http, Grpc) = (app, new Uri($"http://127.0.0.1:{http}"), new Uri($"http://127.0.0.1:{grpc}"));
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (hold is not null)
            {
                Interlocked.Increment(ref _held);
                await hold.Task; // A collector that takes everything and never answers.
            }

            Take(context, body.ToArray());
            if (context.Request.Path.Value!.EndsWith("/Export", StringComparison.Ordinal))
            {
                context.Response.ContentType = "application/grpc";
                await context.Response.Body.WriteAsync(new byte[5]);
                context.Response.AppendTrailer("grpc-status", "0");
            }
        });
    }

    private int _held;

    public Uri Http { get; }

    public Uri Grpc { get; }

    public int Held => Volatile.Read(ref _held);

    public ConcurrentQueue<byte[]> Metrics { get; } = new();

    public ConcurrentQueue<byte[]> Traces { get; } = new();

    public ConcurrentQueue<byte[]> Logs { get; } = new();

    public static async Task<Collector> StartAsync(TaskCompletionSource? hold = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var (http, grpc) = (FreePort.Next(), FreePort.Next());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, http, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, grpc, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build(), http, grpc, hold);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Every metric by name, the last export of each.</summary>
    public IReadOnlyDictionary<string, Proto> MetricsByName() =>
        Metrics
            .SelectMany(bytes => new Proto(bytes).All(1, 2, 2))
            .GroupBy(metric => metric.Text(1))
            .ToDictionary(group => group.Key, group => group.Last());

    public IReadOnlyList<Proto> Spans() => [.. Traces.SelectMany(bytes => new Proto(bytes).All(1, 2, 2))];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Take(HttpContext context, byte[] body)
    {
        var (path, message) = (context.Request.Path.Value!, context.Request.ContentType == "application/grpc" ? body[5..] : body);
        (
            path.Contains("etrics", StringComparison.Ordinal) ? Metrics
            : path.Contains("race", StringComparison.Ordinal) ? Traces
            : Logs
        ).Enqueue(message);
    }
}
