using System.Text;
using System.Text.Json;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Evidence.Tests.Log;

public sealed class JournalLogTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Append_FirstRecords_AreChainedFromTheDescription()
    {
        await using var log = _journal.Open();
        var first = await TestJournal.AppendAsync(log, RecordType.Change, "{\"a\":1}");
        var second = await TestJournal.AppendAsync(log, RecordType.Refusal, "{}");

        var records = Records(log.Folder);
        var genesis = Sha256Digest.Compute(File.ReadAllBytes(Path.Combine(log.Folder, "log.json")));
        Assert.Equal(
            $$$"""{"body":{"a":1},"index":0,"log":"{{{log.Id}}}","previous":"{{{genesis}}}"""
                + "\",\"schema\":\"gateway.record/v1\",\"time\":\"2000-01-01T00:00:00.000Z\",\"type\":\"change\"}",
            records[0]
        );
        Assert.Equal(Sha256Digest.Compute([0, .. Encoding.UTF8.GetBytes(records[0])]), first.Leaf);
        Assert.Equal(first.Leaf.ToString(), JsonDocument.Parse(records[1]).RootElement.GetProperty("previous").GetString());
        Assert.Equal((0, 1, log.Id), (first.Index, second.Index, second.Log));
    }

    [Fact]
    public async Task Open_OfANewLog_MakesFoldersThatOthersCanNotLookInto()
    {
        await using var log = _journal.Open();
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(
                [log.Folder, Path.GetDirectoryName(log.Folder)!],
                folder => Assert.Equal(default, new DirectoryInfo(folder).UnixFileMode & Others)
            );
        }
    }

    [Theory]
    [InlineData(Durability.Written)]
    [InlineData(Durability.Synced)]
    public async Task Append_ManyAtOnce_GivesEveryIndexOnce(Durability durability)
    {
        const int appenders = 16;
        const int each = 50;
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            var indexes = await Task.WhenAll(
                Enumerable
                    .Range(0, appenders)
                    .Select(a =>
                        Task.Run(async () =>
                        {
                            var mine = new List<long>();
                            for (var i = 0; i < each; i++)
                            {
                                mine.Add(
                                    (
                                        await TestJournal.AppendAsync(
                                            log,
                                            RecordType.Change,
                                            $"{{\"a\":{a},\"i\":{i}}}",
                                            i % 7 == 0 ? Durability.Synced : durability
                                        )
                                    ).Index
                                );
                            }

                            return mine;
                        })
                    )
            );
            Assert.All(indexes, mine => Assert.Equal(mine.Order(), mine));
            Assert.Equal(Enumerable.Range(0, appenders * each).Select(i => (long)i), indexes.SelectMany(i => i).Order());
        }

        var result = JournalVerifier.Verify(folder);
        Assert.Null(result.Problem);
        Assert.Equal(appenders * each, result.Records);
        Assert.True(result.Segments > 1);
    }

    [Fact]
    public async Task Open_AfterAClose_GoesOnInTheSameLog()
    {
        var folder = await _journal.FillAsync(30);
        await using var log = _journal.Open();

        Assert.Equal(folder, log.Folder);
        Assert.Equal(new RecoveryReport(30, 0, []).ToString(), (log.Recovery with { OutcomeUnknown = [] }).ToString());
        Assert.Equal(30, (await TestJournal.AppendAsync(log, RecordType.Change, "{}")).Index);
        Assert.Equal(31, JournalVerifier.Verify(_journal.Root).Records);
    }

    [Fact]
    public async Task Open_WhileAnotherHasTheLog_BeginsALogOfItsOwn()
    {
        await using var first = _journal.Open();
        await using var second = _journal.Open();
        await TestJournal.AppendAsync(first, RecordType.Change, "{}");
        await TestJournal.AppendAsync(second, RecordType.Change, "{}");

        Assert.NotEqual(first.Id, second.Id);
        var result = JournalVerifier.Verify(_journal.Root);
        Assert.Equal((2, 2L, null), (result.Logs, result.Records, result.Problem));
    }

    [Fact]
    public async Task OpenSystem_HasAFolderThatNoTenantCanHave()
    {
        await using var log = JournalLog.OpenSystem(_journal.Options, TestJournal.Keys, new FakeTimeProvider());

        Assert.Equal("_system", Path.GetFileName(Path.GetDirectoryName(log.Folder)));
        Assert.False(Id<Tenant>.TryParse("_system", out _));
        Assert.Throws<ArgumentException>(() => JournalLog.Open(_journal.Options, default, TestJournal.Keys, new FakeTimeProvider()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"b\":1,\"a\":2}")]
    [InlineData("{ }")]
    [InlineData("{}{}")]
    public async Task Append_BodyThatIsNotACanonicalObject_IsRefused(string body)
    {
        await using var log = _journal.Open();

        await Assert.ThrowsAsync<ArgumentException>(async () => await TestJournal.AppendAsync(log, RecordType.Change, body));
        await Assert.ThrowsAsync<ArgumentException>(async () => await TestJournal.AppendAsync(log, RecordType.Unspecified, "{}"));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"a\":\"{new string('x', JournalLog.MaxBodyLength)}\"}}")
        );
        Assert.Equal(0, JournalVerifier.Verify(log.Folder).Records);
    }

    [Fact]
    public async Task Append_LongestBody_IsKept()
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"a\":\"{new string('x', JournalLog.MaxBodyLength - 8)}\"}}");

        Assert.Equal((1L, null), (JournalVerifier.Verify(log.Folder).Records, JournalVerifier.Verify(log.Folder).Problem));
    }

    [Fact]
    public async Task Append_AfterTheClose_IsRefused()
    {
        var log = _journal.Open();
        await log.DisposeAsync();

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await TestJournal.AppendAsync(log, RecordType.Change, "{}"));
    }

    [Fact]
    public async Task Close_WhileManyAppend_KeepsWhatWasAcknowledgedAndRefusesTheRest()
    {
        var log = _journal.Open();
        var folder = log.Folder;
        var appending = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(async () =>
                {
                    for (var acknowledged = 0; ; acknowledged++)
                    {
                        try
                        {
                            await TestJournal.AppendAsync(log, RecordType.Change, "{}", Durability.Synced);
                        }
                        catch (JournalUnavailableException)
                        {
                            return acknowledged;
                        }
                    }
                })
            )
            .ToArray();
        await TestJournal.AppendAsync(log, RecordType.Change, "{}", Durability.Synced);
        await log.DisposeAsync();

        var all = await Task.WhenAll(appending);
        var result = JournalVerifier.Verify(folder);
        Assert.Null(result.Problem);
        Assert.InRange(result.Records, all.Sum() + 1, all.Sum() + 1 + appending.Length);
    }

    [Fact]
    public async Task Append_AlreadyCancelled_LeavesNoRecord()
    {
        await using var log = _journal.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await TestJournal.AppendAsync(log, RecordType.Change, "{}", Durability.Synced, new CancellationToken(true))
        );
        Assert.Equal(0, JournalVerifier.Verify(log.Folder).Records);
    }

    /// <summary>The records of a log in order, read the way the documentation says.</summary>
    internal static List<string> Records(string folder)
    {
        var records = new List<string>();
        foreach (var file in Directory.GetFiles(folder, "segment-*.log").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file).AsSpan(72);
            while (!bytes.IsEmpty)
            {
                var length = BitConverter.ToInt32(bytes);
                records.Add(Encoding.UTF8.GetString(bytes.Slice(29, length)));
                bytes = bytes[(29 + length)..];
            }
        }

        return records;
    }
}
