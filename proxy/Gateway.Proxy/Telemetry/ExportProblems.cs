using System.Diagnostics.Tracing;
using System.Globalization;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// Says in the log that telemetry can't be sent, and why: the SDK tells nobody, and who misspelt an address would wait for signals that
/// never come. Once a minute at most, since what is said is itself a signal that may not be sent. Thread-safe.
/// </summary>
internal sealed partial class ExportProblems(ILogger<ExportProblems> logger, TimeProvider time) : EventListener, IHostedService
{
    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private const int MostLength = 400;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Exceptions whose words are about the way to the collector. Another's may be about a header, and repeat what it holds.
    /// </summary>
    private static readonly string[] Told =
    [
        "HttpRequestException",
        "SocketException",
        "IOException",
        "TaskCanceledException",
        "OperationCanceledException",
        "AuthenticationException",
    ];

    private long _said;

    /// <summary>From its making on it listens.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// One line: how the SDK puts it, without an exception's trace, and without what may be a secret: what stands behind an address' path,
    /// and what an exception says that isn't about the way.
    /// </summary>
    internal static string Describe(string? message, IReadOnlyList<object?>? payload)
    {
        var parts = (payload ?? []).Select(part => (object)OneLine(part?.ToString() ?? "")).ToArray();
        var text = string.Format(CultureInfo.InvariantCulture, message ?? "", parts);
        return text.Length <= MostLength ? text : text[..MostLength];
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var said = Interlocked.Read(ref _said);
        if ((said == 0 || time.GetElapsedTime(said) >= Pause) && Interlocked.CompareExchange(ref _said, time.GetTimestamp(), said) == said)
        {
            Log.NotSent(logger, Describe(eventData.Message, eventData.Payload));
        }
    }

    private static string OneLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        var first = (end < 0 ? line : line[..end]).ToString();
        if (
            first.StartsWith("System.", StringComparison.Ordinal)
            && first.IndexOf(": ", StringComparison.Ordinal) is > 0 and var name
            && !Array.Exists(Told, first[..name].EndsWith)
        )
        {
            return first[..name];
        }

        return Uri.TryCreate(first, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.GetLeftPart(UriPartial.Path) : first;
    }

    private static partial class Log
    {
        [LoggerMessage(10001, LogLevel.Warning, "Telemetry can't be sent, and is lost in the end: {Reason} (said once a minute at most)")]
        public static partial void NotSent(ILogger logger, string reason);
    }
}
