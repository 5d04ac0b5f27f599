using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP, off the path of requests: what is sent waits in bounded queues, and what finds no stage is dropped. A
/// collector that is down or hangs costs the data and nothing else.
/// </summary>
internal sealed class TelemetryExport(
    IConfiguration configuration,
    TelemetrySettings settings,
    TimeProvider time,
    ILogger<TelemetryExport> logger
) : IHostedService, IDisposable
{
    /// <summary>For what is still queued when the process ends.</summary>
    private const int LastMilliseconds = 2000;

    private static readonly string[] Meters =
    [
        GatewayMetrics.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
    ];

    private readonly ExportProblems _problems = new(logger, time);
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces =
            settings.Traces.Length > 0
                ? Configured(Sdk.CreateTracerProviderBuilder()).AddSource(GatewayMetrics.Name).AddOtlpExporter().Build()
                : null;
        _metrics =
            settings.Metrics.Length > 0 ? Configured(Sdk.CreateMeterProviderBuilder()).AddMeter(Meters).AddOtlpExporter().Build() : null;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Task.Run(() => _traces?.Shutdown(LastMilliseconds), CancellationToken.None),
            Task.Run(() => _metrics?.Shutdown(LastMilliseconds), CancellationToken.None)
        );

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        _problems.Dispose();
    }

    /// <summary>The standard variables may stand wherever settings may.</summary>
    private TracerProviderBuilder Configured(TracerProviderBuilder builder) =>
        builder.ConfigureServices(services => services.AddSingleton(configuration));

    private MeterProviderBuilder Configured(MeterProviderBuilder builder) =>
        builder.ConfigureServices(services => services.AddSingleton(configuration));
}
