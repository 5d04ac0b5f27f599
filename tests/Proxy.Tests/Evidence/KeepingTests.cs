using System.Diagnostics.Metrics;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Telemetry;
using Gateway.Proxy.Tests.Decisions;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>Keeping with a clock and a disk of the test's own.</summary>
public sealed class KeepingTests : IDisposable
{
    private static readonly BodyRetention Full = new(BodyForm.Full, TimeSpan.FromDays(1));

    private readonly TemporaryDirectory _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BodyStore _store;

    public KeepingTests() =>
        _store = new BodyStore(
            _folder.Path,
            new Envelope(new KeyRing(KeyPurpose.DataEncryption, [new NamedKey("k1", new byte[NamedKey.Length])]))
        );

    public void Dispose()
    {
        _folder.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Body_IsThereForItsRetention_AndGoneADayLater()
    {
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Prop.ForAll(
                Gen.Choose(0, 100_000).ToArbitrary(),
                Gen.Choose(24, 2000).ToArbitrary(),
                (minute, hours) =>
                {
                    var retention = TimeSpan.FromHours(hours);
                    var time = new FakeTimeProvider(start.AddMinutes(minute));
                    var judgement = JudgedChat.Judgement(Verdict.Allow, "x", new(BodyForm.Full, retention));
                    Assert.True(Keeping(time).KeepRequestAsync(judgement).AsTask().GetAwaiter().GetResult()!.IsKept);

                    time.Advance(retention);
                    var early = _store.RemoveExpired(time.GetUtcNow());
                    var isThere = _store.Find(JudgedChat.Intent.Tenant, judgement.DecisionId, BodyDirection.Request) is not null;
                    time.Advance(TimeSpan.FromDays(1));
                    return early == 0 && isThere && _store.RemoveExpired(time.GetUtcNow()) == 1;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [PipeFact]
    public async Task Request_WhileTheDiskHangs_IsGivenUpAtTheDeadline()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var key = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "demo", "2030-01-02")).FullName, "key");
        Assert.True(PipeFactAttribute.Make(key));

        // The pipe hangs for as long as nobody opens its other end: without a deadline this would, too.
        var deadline = TimeSpan.FromMilliseconds(100);
        var keeping = Keeping(time, deadline).KeepRequestAsync(JudgedChat.Judgement(Verdict.Allow, "x", Full));
        Assert.False(keeping.IsCompleted);
        time.Advance(deadline);
        var kept = await keeping;

        Assert.Equal((false, BodyProblem.Unwritable), (kept!.IsKept, kept.Problem));
        var hanging = Task.Run(() => File.ReadAllText(key));
        await PipeFactAttribute.ReleaseAsync(key, hanging);
    }

    [Fact]
    public async Task Body_ThatIsNotKept_IsCounted()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name == "gateway.bodies.unkept"
                    && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>())
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add($"{value} {tags[0].Value} {tags[1].Value}"));
        listener.Start();
        var keeping = Keeping(new FakeTimeProvider());

        await keeping.KeepRequestAsync(JudgedChat.Judgement(Verdict.Allow, "no JSON", new(BodyForm.Redacted, TimeSpan.FromDays(1))));
        File.WriteAllText(Path.Combine(_folder.Path, "demo"), "");
        await keeping.KeepRequestAsync(JudgedChat.Judgement(Verdict.Allow, "x", Full));

        Assert.Equal(["1 request unredactable", "1 request unwritable"], counted);
    }

    [Fact]
    public async Task Detail_IsSyncedWhateverTheActionIs()
    {
        var synced = 0;
        var store = new BodyStore(
            _folder.Path,
            new Envelope(new KeyRing(KeyPurpose.DataEncryption, [new NamedKey("k1", new byte[NamedKey.Length])])),
            _ => synced++
        );
        var keeping = Keeping(new FakeTimeProvider(), store: store);
        var judgementOfOthers = JudgedChat.Judgement(Verdict.Allow, "{}", new(BodyForm.Full, BodyRetention.DefaultRetention));
        await keeping.KeepRequestAsync(judgementOfOthers); // Makes the day's key, which is synced always.
        synced = 0;
        await keeping.KeepRequestAsync(judgementOfOthers with { DecisionId = "d4" });
        Assert.Equal(0, synced);

        var judgement = JudgedChat.Judgement(Verdict.Allow, "{}");
        var owing = judgement.Decision with { Obligations = Policy.Model.Obligations.None with { LogDetailed = true } };
        var kept = await keeping.KeepRequestAsync(judgement with { DecisionId = "d2", Decision = owing });
        var blocked = await keeping.KeepRequestAsync(
            judgement with
            {
                DecisionId = "d3",
                Decision = owing with { Verdict = Verdict.Block },
            }
        );

        Assert.Equal((true, BodyForm.Redacted), (kept!.IsKept, kept.Form));
        Assert.Equal(1, synced);
        Assert.Null(blocked);
    }

    [Fact]
    public async Task Nothing_ToKeep_DoesNothing()
    {
        var keeping = Keeping(new FakeTimeProvider());
        var judgement = JudgedChat.Judgement(Verdict.Allow, "x");
        Assert.Null(await keeping.KeepRequestAsync(judgement));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ =
                keeping.KeepRequestAsync(judgement).IsCompletedSuccessfully
                && keeping.KeepResponseAsync(judgement, answer: null).IsCompletedSuccessfully;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <param name="deadline">Far beyond what a busy machine takes, unless it is what is tested.</param>
    private KeptBodies Keeping(TimeProvider time, TimeSpan? deadline = null, BodyStore? store = null) =>
        new(
            new EvidenceOptions { Deadline = deadline ?? TimeSpan.FromMinutes(1) },
            new JournalOptions(),
            store ?? _store,
            new GatewayMetrics(_services.GetRequiredService<IMeterFactory>()),
            time,
            NullLogger<KeptBodies>.Instance
        );
}
