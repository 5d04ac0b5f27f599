namespace Gateway.Proxy.Telemetry;

/// <summary>Which signals go out, by OpenTelemetry's standard variables. Without an endpoint nothing does.</summary>
internal readonly record struct TelemetrySettings(bool Traces, bool Metrics, bool Logs)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public bool Any => Traces || Metrics || Logs;

    public static TelemetrySettings Of(IConfiguration configuration)
    {
        var off = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        bool IsOn(string signal) => !off
            && (configuration[Endpoint] is { Length: > 0 } || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 })
            && configuration[$"OTEL_{signal}_EXPORTER"] is null or "" or "otlp";
        return new TelemetrySettings(IsOn("TRACES"), IsOn("METRICS"), IsOn("LOGS"));
    }
}
