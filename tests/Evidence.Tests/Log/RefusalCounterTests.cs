using System.Net;
using System.Text;
using Gateway.Evidence.Log;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Evidence.Tests.Log;

public sealed class RefusalCounterTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Flush_OfManyRefusals_IsOneRecord()
    {
        await using var log = JournalLog.OpenSystem(_journal.Options, TestJournal.Keys, new FakeTimeProvider());
        var counter = new RefusalCounter(log, new FakeTimeProvider());
        Parallel.For(
            0,
            1000,
            i => counter.Count(i % 4 == 0 ? ReasonCode.UnknownKey : ReasonCode.InvalidSignature, IPAddress.Parse("192.0.2.1"))
        );

        await counter.FlushAsync(CancellationToken.None);
        await counter.FlushAsync(CancellationToken.None);

        Assert.Equal(1, JournalVerifier.Verify(log.Folder).Records);
        Assert.Contains(
            """{"counts":[{"count":750,"reason":"invalid_signature","source":"192.0.2.1"},"""
                + """{"count":250,"reason":"unknown_key","source":"192.0.2.1"}],"second":"2000-01-01T00:00:00.000Z"}""",
            Content(log),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Count_FromMoreSourcesThanAreKept_CountsTheRestTogether()
    {
        await using var log = JournalLog.OpenSystem(_journal.Options, TestJournal.Keys, new FakeTimeProvider());
        var counter = new RefusalCounter(log, new FakeTimeProvider());
        for (var i = 0; i < 10_000; i++)
        {
            counter.Count(ReasonCode.UnknownKey, new IPAddress(i + 1L));
        }

        await counter.FlushAsync(CancellationToken.None);

        Assert.Contains(
            $"{{\"count\":{10_000 - RefusalCounter.MaxCounts},\"reason\":\"unknown_key\",\"source\":\"other\"}}",
            Content(log),
            StringComparison.Ordinal
        );
        Assert.InRange(JournalVerifier.Verify(log.Folder).Bytes, 1, 16 * 1024);
    }

    [Fact]
    public async Task Flush_WhenTheLogIsDown_KeepsTheCount()
    {
        var full = true;
        var disk = new Disk
        {
            Write = (file, bytes, offset) =>
            {
                if (full && offset > 0)
                {
                    throw new IOException("No space left on device");
                }

                RandomAccess.Write(file, bytes, offset);
            },
        };
        await using var log = JournalLog.Open(_journal.Options, "_system", TestJournal.Keys, new FakeTimeProvider(), disk);
        var counter = new RefusalCounter(log, new FakeTimeProvider());
        counter.Count(ReasonCode.UnknownKey, IPAddress.Loopback);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => counter.FlushAsync(CancellationToken.None));
        counter.Count(ReasonCode.UnknownKey, IPAddress.Loopback);
        full = false;

        await counter.FlushAsync(CancellationToken.None);

        Assert.Contains("{\"count\":2,\"reason\":\"unknown_key\",\"source\":\"127.0.0.1\"}", Content(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhenItIsStopped_FlushesALastTime()
    {
        await using var log = JournalLog.OpenSystem(_journal.Options, TestJournal.Keys, new FakeTimeProvider());
        var counter = new RefusalCounter(log, TimeProvider.System);
        counter.Count(ReasonCode.UnknownKey, IPAddress.Loopback);

        await counter.RunAsync(new CancellationToken(true));

        Assert.Equal(1, JournalVerifier.Verify(log.Folder).Records);
    }

    private static string Content(JournalLog log) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Directory.GetFiles(log.Folder, "segment-*")[0]));
}
