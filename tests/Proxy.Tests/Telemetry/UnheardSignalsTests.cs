using System.Diagnostics.Metrics;
using Gateway.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Telemetry;

/// <summary>
/// Telemetry that is off costs a request no memory; where somebody listens, the same calls are heard, so that the first can't hold for want
/// of signals.
/// </summary>
public sealed class UnheardSignalsTests
{
    private const int Requests = 1000;

    private readonly DefaultHttpContext _http = new();

    [Fact]
    public void ARequest_WhoseSignalsNobodyHears_AllocatesNothingForThem()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new GatewayMetrics(services.GetRequiredService<IMeterFactory>());
        Signal(metrics); // Whatever is made once is made here.

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
        {
            Signal(metrics);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheSameRequest_IsHeard_WhereSomebodyListens()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new GatewayMetrics(services.GetRequiredService<IMeterFactory>());
        var heard = new List<string>();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => heard.Add(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => heard.Add(instrument.Name));
        foreach (var name in Published(metrics))
        {
            listener.EnableMeasurementEvents(name);
        }

        Signal(metrics);
        Assert.Equal(8, heard.Count);
        Assert.Equal(7, heard.Distinct(StringComparer.Ordinal).Count());
    }

    private void Signal(GatewayMetrics metrics)
    {
        using var server = RequestSpans.Server(_http, "/v1/chat/completions");
        using var client = RequestSpans.Client("gateway.upstream");
        metrics.TimeDecision(TimeProvider.System).Dispose();
        metrics.TimeAdmission(TimeProvider.System).Dispose();
        metrics.TimeAppend(TimeProvider.System).Dispose();
        metrics.Upstream(TimeSpan.FromMilliseconds(1), "openai");
        metrics.ModelCall("openai", "chat", "gpt-4o-mini", TimeSpan.FromMilliseconds(1), "", 3, 5);
        metrics.Decided("allow", "", "openai", "openai");
    }

    private static List<Instrument> Published(GatewayMetrics metrics)
    {
        var found = new List<Instrument>();
        using var finder = new MeterListener { InstrumentPublished = (instrument, _) => Add(found, instrument, metrics.Meter) };
        finder.Start();
        return found;
    }

    private static void Add(List<Instrument> found, Instrument instrument, Meter meter)
    {
        if (instrument.Meter == meter)
        {
            found.Add(instrument);
        }
    }
}
