using OpenTelemetry.Logs;

namespace Gateway.Proxy.Telemetry;

/// <summary>Registers the signals, and their export where a collector is named.</summary>
public static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TelemetrySettings.Of(configuration);
        if (settings.Any)
        {
            services.AddHostedService(_ => new TelemetryExport(configuration, settings));
        }

        if (settings.Logs)
        {
            services.AddLogging(logging => logging.AddOpenTelemetry(options => options.AddOtlpExporter()));
        }

        return services.AddSingleton<GatewayMetrics>();
    }
}
