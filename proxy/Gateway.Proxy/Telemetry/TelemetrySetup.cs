using Gateway.Proxy.Configuration;
using OpenTelemetry.Logs;

namespace Gateway.Proxy.Telemetry;

/// <summary>Registers the signals, and their export where a collector is named.</summary>
public static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, Settings settings)
    {
        var sent = TelemetryVariables.Check(settings);
        if (sent.Endpoints.Count > 0)
        {
            services.AddHostedService(provider =>
                ActivatorUtilities.CreateInstance<TelemetryExport>(provider, settings.Configuration, sent)
            );
        }

        if (sent.Logs.Length > 0)
        {
            services.AddLogging(logging => logging.AddOpenTelemetry(options => options.AddOtlpExporter()));
        }

        return services.AddSingleton<GatewayMetrics>();
    }
}
