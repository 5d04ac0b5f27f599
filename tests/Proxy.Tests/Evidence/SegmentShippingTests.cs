using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Telemetry;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Faults;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What an instance does beside the path: ships, frees its disk, counts what isn't shipped, and says so.</summary>
public sealed class SegmentShippingTests : IAsyncDisposable
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private readonly TemporaryDirectory _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogKeys _keys = new(Ed25519PrivateKey.Create(), []);
    private readonly CapturedLogs _logs = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<long> _measured = new();
    private readonly JournalOptions _options;
    private readonly TenantJournals _journals;
    private readonly SegmentShipping _shipping;

    public SegmentShippingTests()
    {
        _options = new JournalOptions
        {
            Root = _folder.File("journal"),
            Archive = _folder.File("archive"),
            KeepLocal = TimeSpan.FromHours(1),
            SegmentBytes = 4096,
        };
        Directory.CreateDirectory(_options.Archive);
        _journals = new TenantJournals(_options, _keys, _time, NullLogger<TenantJournals>.Instance);
        var scope = _services.GetRequiredService<IMeterFactory>();
        var logs = LoggerFactory.Create(build => build.AddProvider(_logs));
        _shipping = new SegmentShipping(_options, _keys, _journals, new GatewayMetrics(scope), _time, logs.CreateLogger<SegmentShipping>());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "gateway.journal.unshipped" && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _measured.Enqueue(value));
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _shipping.StopAsync(CancellationToken.None);
        _shipping.Dispose();
        await _journals.DisposeAsync();
        _listener.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Archive_that_comes_and_goes_is_counted_said_once_a_minute_and_caught_up_with()
    {
        var log = await WriteAsync(300);
        Directory.Move(_options.Archive, _options.Archive + "-away");
        await _shipping.StartAsync(CancellationToken.None);
        await Waiting.ForAsync("everything is unshipped", () => Unshipped() > 5);
        await Waiting.ForAsync("it is said", () => _logs.Text.Contains("isn't there", StringComparison.Ordinal));
        for (var pass = 0; pass < 5; pass++)
        {
            _time.Advance(TimeSpan.FromSeconds(11));
        }

        var segments = Segments(log.Folder);
        Assert.Single(_logs.Text.Split('\n'), line => line.Contains("isn't there", StringComparison.Ordinal));
        Directory.Move(_options.Archive + "-away", _options.Archive);
        await Waiting.ForAsync("all is shipped", () => Tick() && Unshipped() == 0);
        Assert.Equal(segments, Segments(log.Folder));

        _time.Advance(TimeSpan.FromHours(2));
        await Waiting.ForAsync("what is old is freed", () => Tick() && Segments(log.Folder) < segments / 2);
        Assert.Equal(0, Unshipped());
        await _shipping.StopAsync(CancellationToken.None);
        Assert.Null(JournalVerifier.Verify(_options.Archive, _keys.Public).Problem);
        var all = VolumeVerifier.Verify([_options.Root, _options.Archive], _keys.Public, CancellationToken.None);
        Assert.Equal((null, 2), (all.Problem, all.Logs.Count));
    }

    [Fact]
    public void Settings_that_would_lose_records_stop_the_start()
    {
        Assert.Empty(_options.Problems());
        Assert.Contains("Set Archive", Problem(options => options.Archive = ""), StringComparison.Ordinal);
        Assert.Contains(
            "lie in each other",
            Problem(options => options.Archive = Path.Combine(options.Root, "in")),
            StringComparison.Ordinal
        );
        var link = _options.Archive + "-link";
        Directory.CreateDirectory(_options.Root);
        Directory.CreateSymbolicLink(link, _options.Root);
        Assert.Contains("lie in each other", Problem(options => options.Archive = Path.Combine(link, "in")), StringComparison.Ordinal);
        Directory.Delete(link);
        Assert.Contains("less than nothing", Problem(options => options.KeepLocal = TimeSpan.FromDays(-1)), StringComparison.Ordinal);
    }

    private string Problem(Action<JournalOptions> change)
    {
        var options = new JournalOptions
        {
            Root = _options.Root,
            Archive = _options.Archive,
            KeepLocal = _options.KeepLocal,
        };
        change(options);
        return Assert.Single(options.Problems());
    }

    private bool Tick()
    {
        _time.Advance(TimeSpan.FromSeconds(11));
        return true;
    }

    private long Unshipped()
    {
        _measured.Clear();
        _listener.RecordObservableInstruments();
        return _measured.TryDequeue(out var value) ? value : -1;
    }

    private static int Segments(string folder) => Directory.GetFiles(folder, "segment-*.log").Length;

    private async Task<JournalLog> WriteAsync(int records)
    {
        _journals.Begin(Demo);
        _journals.Admit(Demo);
        var log = _journals.Find(Demo)!;
        for (var i = 0; i < 2 * records; i++)
        {
            await log.AppendAsync(RecordType.Change, Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"), Durability.Written, CancellationToken.None);
            if (i == records)
            {
                _time.Advance(TimeSpan.FromSeconds(11));
                await Waiting.ForAsync("the head is signed", () => File.Exists(Path.Combine(log.Folder, "checkpoint")));
            }
        }

        await Waiting.ForAsync("a start can read on", () => Tick() && File.Exists(Path.Combine(log.Folder, "resume")));
        await Waiting.ForAsync("it is sealed", () => Directory.GetFiles(log.Folder, "seal-*").Length == Segments(log.Folder) - 1);
        return log;
    }
}
