using System.Globalization;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// OpenTelemetry's standard variables, and what each may hold. The SDK takes what it can't read for not set, and so sends to another place,
/// by another protocol or everything, without a word; here it stops the start, as any other setting would.
/// </summary>
internal static class TelemetryVariables
{
    private const string Exporter = "OTEL_EXPORTER_OTLP_";
    private const string Authority = Exporter + "CERTIFICATE";
    private const string ClientCertificate = Exporter + "CLIENT_CERTIFICATE";
    private const string ClientKey = Exporter + "CLIENT_KEY";
    private const string Ratio = "traceidratio";

    private static readonly string[] Signals = ["", "TRACES_", "METRICS_", "LOGS_"];
    private static readonly VariableForm Count = new($"a whole number from 1 to {int.MaxValue}", value => ReadCount(value) is not null);
    private static readonly VariableForm Url = new("a URL that begins with http:// or https://, without a password", VariableForm.IsUrl);
    private static readonly VariableForm Pairs = new("'name=value', with a comma between two", VariableForm.ArePairs);

    private static readonly Dictionary<string, VariableForm> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["OTEL_SDK_DISABLED"] = new("'true' or 'false'", value => bool.TryParse(value, out _)),
        ["OTEL_TRACES_EXPORTER"] = VariableForm.OneOf("otlp", "none"),
        ["OTEL_METRICS_EXPORTER"] = VariableForm.OneOf("otlp", "none"),
        ["OTEL_LOGS_EXPORTER"] = VariableForm.OneOf("otlp", "none"),
        ["OTEL_TRACES_SAMPLER"] = VariableForm.OneOf(
            StringComparer.OrdinalIgnoreCase,
            "always_on",
            "always_off",
            Ratio,
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_" + Ratio
        ),
        ["OTEL_METRIC_EXPORT_INTERVAL"] = Count,
        ["OTEL_METRIC_EXPORT_TIMEOUT"] = Count,
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = VariableForm.OneOf(StringComparer.OrdinalIgnoreCase, "always_on", "always_off", "trace_based"),
        ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = VariableForm.OneOf(
            StringComparer.OrdinalIgnoreCase,
            "cumulative",
            "delta",
            "lowmemory"
        ),
        ["OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"] = VariableForm.OneOf(
            "explicit_bucket_histogram",
            "base2_exponential_bucket_histogram"
        ),
        [Authority] = new("a file with the certificate that the collector's is signed by", VariableForm.IsCertificate),
        [ClientCertificate] = new("a file with a certificate", VariableForm.IsCertificate),
        [ClientKey] = new("a file", File.Exists),
        ["OTEL_RESOURCE_ATTRIBUTES"] = Pairs,
    };

    private static readonly string[] Queues = ["OTEL_BSP_", "OTEL_BLRP_"];

    static TelemetryVariables()
    {
        foreach (var signal in Signals)
        {
            Forms[$"{Exporter}{signal}ENDPOINT"] = Url;
            Forms[$"{Exporter}{signal}PROTOCOL"] = VariableForm.OneOf("grpc", "http/protobuf");
            Forms[$"{Exporter}{signal}HEADERS"] = Pairs;
            Forms[$"{Exporter}{signal}TIMEOUT"] = Count;
            Forms[$"{Exporter}{signal}COMPRESSION"] = VariableForm.OneOf("gzip", "none");
        }

        foreach (var queue in Queues)
        {
            foreach (var part in (string[])["MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE", "SCHEDULE_DELAY", "EXPORT_TIMEOUT"])
            {
                Forms[queue + part] = Count;
            }
        }
    }

    /// <summary>
    /// Reports what is wrong with them. Where nothing is to be sent they may hold anything: then they are meant for another process.
    /// </summary>
    /// <returns>What is to go out.</returns>
    public static TelemetrySettings Check(Settings settings)
    {
        foreach (
            var variable in settings
                .Configuration.GetChildren()
                .Where(v => v.Key.StartsWith(Exporter, StringComparison.OrdinalIgnoreCase) && !Forms.ContainsKey(v.Key))
        )
        {
            settings.Warn($"{variable.Key}: nothing reads it. What is read stands in docs/telemetry.md.");
        }

        var sent = TelemetrySettings.Of(settings.Configuration);
        if (sent.IsConfigured)
        {
            CheckForms(settings);
            CheckRatio(settings);
            CheckQueues(settings);
            CheckClient(settings);
        }

        return sent;
    }

    private static void CheckForms(Settings settings)
    {
        foreach (var (name, form) in Forms.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            // Never the value itself: headers hold the collector's credentials.
            if (settings.Configuration[name] is { Length: > 0 } value && !form.Fits(value))
            {
                settings.Report($"{name}: must be {form.Wanted}.");
            }
        }
    }

    private static void CheckRatio(Settings settings)
    {
        if (
            settings.Configuration["OTEL_TRACES_SAMPLER"]?.EndsWith(Ratio, StringComparison.OrdinalIgnoreCase) == true
            && settings.Configuration["OTEL_TRACES_SAMPLER_ARG"] is { Length: > 0 } text
            && !(
                double.TryParse(
                    text,
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var ratio
                ) && ratio is >= 0 and <= 1
            )
        )
        {
            settings.Report("OTEL_TRACES_SAMPLER_ARG: must be a number from 0 to 1, such as 0.1.");
        }
    }

    /// <summary>The SDK's defaults are 2,048 and 512.</summary>
    private static void CheckQueues(Settings settings)
    {
        foreach (var queue in Queues)
        {
            var size = ReadCount(settings.Configuration[queue + "MAX_QUEUE_SIZE"]) ?? 2048;
            var batch = ReadCount(settings.Configuration[queue + "MAX_EXPORT_BATCH_SIZE"]) ?? 512;
            if (batch > size)
            {
                settings.Report(
                    $"{queue}MAX_EXPORT_BATCH_SIZE: is {batch} and must not be more than {queue}MAX_QUEUE_SIZE, which is {size}. Set both."
                );
            }
        }
    }

    private static void CheckClient(Settings settings)
    {
        var (certificate, key) = (settings.Configuration[ClientCertificate] ?? "", settings.Configuration[ClientKey] ?? "");
        if (certificate.Length + key.Length > 0 && !VariableForm.IsPair(certificate, key))
        {
            settings.Report($"{ClientKey}: must be the file, in PEM, with the key of the certificate in {ClientCertificate}. Set both.");
        }
    }

    private static int? ReadCount(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;
}
