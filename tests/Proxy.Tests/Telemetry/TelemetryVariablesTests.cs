using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Telemetry;
using Gateway.Testing;
using Microsoft.Extensions.Configuration;

namespace Gateway.Proxy.Tests.Telemetry;

public sealed class TelemetryVariablesTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317";

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://user:secret@collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=GRPC")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a=secret,")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a b=secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a=secret\r\nb")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=10s")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT=0")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION=zstd")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE=/no/such/file")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE=/etc/passwd")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_KEY=/etc/passwd")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=none")]
    [InlineData("OTEL_SDK_DISABLED=yes")]
    [InlineData("OTEL_TRACES_EXPORTER=console")]
    [InlineData("OTEL_TRACES_SAMPLER=ratio")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=7", "OTEL_TRACES_SAMPLER=traceidratio")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG=0,1", "OTEL_TRACES_SAMPLER=parentbased_traceidratio")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=-1")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY=3000000000")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE=4096")]
    [InlineData("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=512", "OTEL_BLRP_MAX_QUEUE_SIZE=100")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES=production")]
    public void AValueThatItMustNotHold_IsReportedByItsName_AndNotRepeated(string wrong, string beside = "OTEL_SERVICE_NAME=gateway")
    {
        var error = Assert.Single(ErrorsOf(Endpoint, beside, wrong));

        Assert.StartsWith(wrong[..wrong.IndexOf('=', StringComparison.Ordinal)] + ": ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheyMayHold_IsTaken()
    {
        using var folder = new TemporaryDirectory();
        var certificate = folder.File("ca.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (
            var own = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch.AddYears(100)
            )
        )
        {
            File.WriteAllText(certificate, own.ExportCertificatePem());
            File.WriteAllText(folder.File("client.key"), key.ExportPkcs8PrivateKeyPem());
        }

        Assert.Empty(
            ErrorsOf(
                "OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example:4318/otlp",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf",
                "OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20x,x-scope=a=b",
                "OTEL_EXPORTER_OTLP_TIMEOUT=2500",
                "OTEL_EXPORTER_OTLP_CERTIFICATE=" + certificate,
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE=" + certificate,
                "OTEL_EXPORTER_OTLP_CLIENT_KEY=" + folder.File("client.key"),
                "OTEL_SDK_DISABLED=False",
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=LowMemory",
                "OTEL_LOGS_EXPORTER=none",
                "OTEL_TRACES_SAMPLER=parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG=1e-3",
                "OTEL_BSP_MAX_QUEUE_SIZE=100",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=100",
                "OTEL_RESOURCE_ATTRIBUTES=deployment.environment=production, k8s.pod.name=a"
            )
        );
    }

    [Theory]
    [InlineData("OTEL_SERVICE_NAME=gateway")] // Without a collector they are somebody else's.
    [InlineData(Endpoint, "OTEL_SDK_DISABLED=true")]
    public void WhereNothingIsSent_TheyMayHoldAnything(params string[] variables) =>
        Assert.Empty(ErrorsOf([.. variables, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "OTEL_TRACES_SAMPLER=ratio"]));

    [Fact]
    public void AVariableThatNothingReads_IsAWarning()
    {
        var settings = Configured("OTEL_EXPORTER_OTLP_ENDPONT=http://127.0.0.1:4317");

        TelemetryVariables.Check(settings);

        settings.Check();
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPONT", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void AReason_IsOneLine_WithoutWhatStandsBehindAnAddress()
    {
        Assert.Equal(
            "HTTP request to https://collector/v1/traces failed. Exception: refused",
            ExportProblems.Describe(
                "HTTP request to {0} failed. Exception: {1}",
                ["https://collector/v1/traces?key=secret", "refused\n   at Somewhere"]
            )
        );
        Assert.Equal(
            "Not sent: System.FormatException",
            ExportProblems.Describe("Not sent: {0}", ["System.FormatException: The format of value 'secret' is invalid."])
        );
        Assert.Equal(400, ExportProblems.Describe("{0}", [new string('a', 5000)]).Length);
    }

    private static IReadOnlyList<string> ErrorsOf(params string[] variables)
    {
        var settings = Configured(variables);
        TelemetryVariables.Check(settings);
        return Record.Exception(settings.Check) is ConfigurationException wrong ? wrong.Errors : [];
    }

    /// <summary>Of two values the last one counts.</summary>
    private static Settings Configured(params string[] variables)
    {
        var values = variables.Select(variable => variable.Split('=', 2)).GroupBy(pair => pair[0], StringComparer.Ordinal);
        return new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>(value.Key, value.Last()[1])))
                .Build()
        );
    }
}
