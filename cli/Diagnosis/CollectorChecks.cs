using System.Net.Sockets;
using Gateway.Proxy.Telemetry;

namespace Gateway.Cli.Diagnosis;

/// <summary>
/// Whether somebody listens where telemetry is sent. Only that: what a collector takes and what not shows when something is sent.
/// </summary>
internal static class CollectorChecks
{
    private const string Check = "telemetry";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public static async Task<IEnumerable<Finding>> CollectorsAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        var endpoints = TelemetrySettings.Of(context.Configuration.Values).Endpoints;
        if (endpoints.Count == 0)
        {
            return
            [
                new Finding(
                    Check,
                    FindingStatus.Pass,
                    "None is sent: OTEL_EXPORTER_OTLP_ENDPOINT names no collector, or it is switched off."
                ),
            ];
        }

        var findings = new List<Finding>();
        foreach (var endpoint in endpoints)
        {
            // What isn't an address is said among the settings.
            if (
                Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            )
            {
                findings.Add(await JudgeAsync(url, cancellationToken));
            }
        }

        return findings;
    }

    private static async Task<Finding> JudgeAsync(Uri url, CancellationToken cancellationToken)
    {
        var collector = $"{url.Scheme}://{url.Host}:{url.Port}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Within);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, limit.Token);
            return new Finding(Check, FindingStatus.Pass, $"Something listens at {collector}, where telemetry is sent.");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Finding(
                Check,
                FindingStatus.Warn,
                $"Nothing answers at {collector}, where telemetry is sent: it is lost, and nothing else.",
                "Start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT."
            );
        }
    }
}
