using System.Reflection;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gateway.Proxy.Telemetry;

/// <summary>Registers the signals, and their export where a collector is named.</summary>
public static class TelemetrySetup
{
    private static readonly string[] Meters =
    [
        GatewayMetrics.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
    ];

    /// <remarks>
    /// What is sent waits in bounded queues off the path of requests, and what finds no room is dropped: a collector that is down or hangs
    /// costs the data and nothing else.
    /// </remarks>
    /// <param name="scraped">Whether Prometheus may come and ask for the metrics.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, Settings settings, bool scraped)
    {
        var sent = TelemetryVariables.Check(settings);
        services.AddSingleton<GatewayMetrics>();
        services.Remove(services.Single(service => service.ImplementationType == typeof(ConsoleLoggerProvider)));
        services.AddSingleton<ConsoleLog>().AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<ConsoleLog>());
        if (sent.Endpoints.Count > 0)
        {
            services.AddHostedService<ExportProblems>();
            services.AddOpenTelemetry().ConfigureResource(Describe);
        }

        if (sent.Traces.Length > 0)
        {
            services.AddOpenTelemetry().WithTracing(traces => traces.AddSource(GatewayMetrics.Name).AddOtlpExporter());
        }

        if (scraped && !sent.IsOff)
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        }

        if (sent.Metrics.Length > 0)
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        }

        if (sent.Logs.Length > 0)
        {
            services.AddLogging(logging => logging.AddOpenTelemetry(options => options.AddOtlpExporter()));
        }

        return services;
    }

    /// <summary>Who is speaking, unless <c>OTEL_SERVICE_NAME</c> or <c>OTEL_RESOURCE_ATTRIBUTES</c> says otherwise.</summary>
    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        resource.AddService("gateway", serviceVersion: version.Split('+')[0], autoGenerateServiceInstanceId: false);
        resource.AddEnvironmentVariableDetector(); // Behind it, so that the variables count.
    }
}

/// <summary>Which signals go out and where to, by OpenTelemetry's standard variables. Empty where a signal doesn't.</summary>
/// <param name="IsConfigured">Whether an endpoint is named, and nothing says that all is off.</param>
/// <param name="IsOff">Whether all is said to be off.</param>
public readonly record struct TelemetrySettings(string Traces, string Metrics, string Logs, bool IsConfigured, bool IsOff)
{
    /// <summary>Where something goes, each once.</summary>
    public IReadOnlyList<string> Endpoints =>
        [.. new[] { Traces, Metrics, Logs }.Where(endpoint => endpoint.Length > 0).Distinct(StringComparer.Ordinal)];

    public static TelemetrySettings Of(IConfiguration configuration)
    {
        var off = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        string Named(string signal) =>
            off
                ? ""
                : Set(configuration, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") ?? Set(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT") ?? "";
        string Used(string signal) => configuration[$"OTEL_{signal}_EXPORTER"] is null or "" or "otlp" ? Named(signal) : "";
        return new TelemetrySettings(
            Used("TRACES"),
            Used("METRICS"),
            Used("LOGS"),
            Named("TRACES").Length + Named("METRICS").Length + Named("LOGS").Length > 0,
            off
        );
    }

    private static string? Set(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value ? value : null;
}
