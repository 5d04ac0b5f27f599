using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gateway.Proxy.Telemetry;

/// <summary>The spans of one request: one for the server with a child for each stage. Nothing is made where nobody listens.</summary>
public static class RequestSpans
{
    private static readonly ActivitySource Source = new(GatewayMetrics.Name);

    /// <summary>The server's span; goes on with the caller's trace. Null where nobody listens.</summary>
    /// <param name="route">With names for what callers choose, so that there are few of them; empty for an unknown one.</param>
    public static Activity? Server(HttpContext http, string route)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!Source.HasListeners())
        {
            return null;
        }

        // Whatever the host has open is not exported: as a parent it would leave the trace without its beginning.
        Activity.Current = null;
        var request = http.Request;
        _ = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        var method = MethodOf(request.Method);
        var span = Source.StartActivity(route.Length == 0 ? method : $"{method} {route}", ActivityKind.Server, parent);
        span?.SetTag("http.request.method", method)
            .SetTag("url.scheme", request.Scheme)
            .SetTag("network.protocol.version", request.Protocol.Replace("HTTP/", "", StringComparison.Ordinal));
        if (route.Length > 0)
        {
            span?.SetTag("http.route", route);
        }

        return span;
    }

    /// <summary>The span that a system that is sent to is a child of; null where there is none of ours.</summary>
    public static Activity? Outermost =>
        Activity.Current is { } span && span.Source == Source ? (span.Kind == ActivityKind.Internal ? span.Parent ?? span : span) : null;

    /// <summary>A stage of the request. Null where nobody listens.</summary>
    public static Activity? Stage(string name) => Source.StartActivity(name);

    /// <summary>What goes out to another system.</summary>
    public static Activity? Client(string name) => Source.StartActivity(name, ActivityKind.Client);

    /// <summary>Only methods that everybody knows: callers can make up others (OpenTelemetry's <c>http.request.method</c>).</summary>
    private static string MethodOf(string method) =>
        method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "_OTHER";
}

/// <summary>
/// One stage's span and duration, from its making to its end. Nothing is measured where nobody listens. The zero value measures nothing.
/// </summary>
public readonly struct StageTimer : IDisposable
{
    private readonly Activity? _span;
    private readonly Histogram<double>? _into;
    private readonly TimeProvider? _time;
    private readonly long _since;

    private StageTimer(Activity? span, Histogram<double>? into, TimeProvider time) =>
        (_span, _into, _time, _since) = (span, into, time, into is null ? 0 : time.GetTimestamp());

    /// <param name="into">Takes seconds.</param>
    internal static StageTimer Start(string name, Histogram<double> into, TimeProvider time) =>
        new(RequestSpans.Stage(name), into.Enabled ? into : null, time);

    public void Dispose()
    {
        _span?.Dispose();
        _into?.Record(_time!.GetElapsedTime(_since).TotalSeconds);
    }
}
