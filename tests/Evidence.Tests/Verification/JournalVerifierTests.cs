using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Verification;

public sealed class JournalVerifierTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Verify_RootTenantAndLog_SayTheSame()
    {
        var folder = await _journal.FillAsync(60);
        var results = new[] { folder, Path.GetDirectoryName(folder)!, _journal.Root }.Select(f => JournalVerifier.Verify(f)).ToArray();

        Assert.All(results, result => Assert.Equal(results[0], result));
        Assert.Equal((1, 60L, 0L, null), (results[0].Logs, results[0].Records, results[0].OpenDecisions, results[0].Problem));
        Assert.Equal(Directory.GetFiles(folder, "segment-*").Sum(f => new FileInfo(f).Length), results[0].Bytes);
    }

    [Theory]
    [InlineData("", "acme")]
    [InlineData("acme", "acme")]
    [InlineData("00000000000000000000000000000001", "journal")]
    [InlineData("acme/00000000000000000000000000000001", "acme")]
    public async Task Verify_WithAnEmptyLogPutBesideOrAboveADamagedOne_StillFindsTheDamage(string place, string tenant)
    {
        var folder = await _journal.FillAsync(40);
        File.WriteAllText(Path.Combine(folder, "checkpoint"), "damaged");
        var put = Directory.CreateDirectory(Path.Combine(_journal.Root, place)).FullName;
        File.WriteAllText(
            Path.Combine(put, "log.json"),
            $$"""{"log":"00000000000000000000000000000001","schema":"gateway.log/v1","tenant":"{{tenant}}"}"""
        );

        Assert.All([_journal.Root, Path.GetDirectoryName(folder)!, folder], where => Assert.NotNull(JournalVerifier.Verify(where).Problem));
    }

    [Fact]
    public async Task Verify_WhileTheLogIsWrittenAndSigned_FindsNothingWrong()
    {
        await using var log = _journal.Open();
        var verifying = Task.Run(() =>
            Enumerable
                .Range(0, 100)
                .Select(_ => JournalVerifier.Verify(log.Folder, TestJournal.Keys.Public).Problem)
                .FirstOrDefault(problem => problem is not null and not { Kind: LogProblemKind.TornTail or LogProblemKind.NoLog })
        );
        while (!verifying.IsCompleted)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, "{}");
            Assert.True(log.TrySign());
        }

        Assert.Null(await verifying);
    }

    [Fact]
    public async Task Verify_AnyByteChanged_FailsAndNamesThePlace()
    {
        var folder = await _journal.FillAsync(40);
        var files = Directory
            .GetFiles(folder)
            .Where(f => !f.EndsWith("lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        var contents = files.Select(File.ReadAllBytes).ToArray();

        Prop.ForAll<int, int, byte>(
                (which, where, how) =>
                {
                    var file = (int)((uint)which % files.Length);
                    var changed = (byte[])contents[file].Clone();
                    var at = (int)((uint)(where * 7919) % changed.Length);
                    changed[at] ^= (byte)(how == 0 ? 1 : how);
                    File.WriteAllBytes(files[file], changed);
                    var problem = JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem;
                    File.WriteAllBytes(files[file], contents[file]);

                    // A changed description shows at the first header, which rests on it.
                    return problem is not null
                        && (problem.File == files[file] || files[file].EndsWith("log.json", StringComparison.Ordinal))
                        && problem.Offset <= at;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        Assert.Null(JournalVerifier.Verify(folder).Problem);
    }

    [Fact]
    public async Task Verify_AnyBytes_NeverThrows()
    {
        var folder = await _journal.FillAsync(1);
        var file = Directory.GetFiles(folder, "segment-*")[0];
        var bytes = await File.ReadAllBytesAsync(file);

        Prop.ForAll<byte[], int>(
                (noise, keep) =>
                {
                    File.WriteAllBytes(file, [.. bytes[..(int)((uint)keep % bytes.Length)], .. noise]);
                    JournalVerifier.Verify(folder);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("{\"body\":{},\"index\":1}")]
    [InlineData("{\"body\":{\"a\": 1}}")]
    [InlineData("nothing")]
    public async Task Verify_WellFramedRecordOfAnotherShape_Fails(string record)
    {
        var folder = await _journal.FillAsync(1);
        var frame = new byte[Frame.HeaderLength + record.Length];
        Encoding.UTF8.GetBytes(record, frame.AsSpan(Frame.HeaderLength));
        Frame.Seal(frame);
        await File.AppendAllBytesAsync(Directory.GetFiles(folder, "segment-*")[0], frame);

        var problem = JournalVerifier.Verify(folder).Problem!;
        Assert.Equal((LogProblemKind.Record, 1L), (problem.Kind, problem.Index));
        Assert.Throws<JournalCorruptException>(() => _journal.Open());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public async Task Verify_RecordSwappedForAnotherOfTheLog_Fails(int from, int to)
    {
        var folder = await _journal.FillAsync(2);
        var file = Directory.GetFiles(folder, "segment-*")[0];
        var bytes = await File.ReadAllBytesAsync(file);
        var first = 72 + Frame.HeaderLength + BitConverter.ToInt32(bytes, 72);
        byte[][] frames = [bytes[72..first], bytes[first..]];
        await File.WriteAllBytesAsync(file, [.. bytes[..72], .. frames[from], .. frames[to]]);

        Assert.Equal(LogProblemKind.Chain, JournalVerifier.Verify(folder).Problem!.Kind);
    }

    [Fact]
    public void Verify_FolderWithoutALog_IsNotGood()
    {
        using var empty = new TemporaryDirectory();

        Assert.Equal(LogProblemKind.NoLog, JournalVerifier.Verify(empty.Path).Problem!.Kind);
        Assert.Equal(LogProblemKind.Unreadable, JournalVerifier.Verify(empty.File("missing")).Problem!.Kind);
    }

    [Fact]
    public async Task Verify_WhileTheLogIsOpen_CountsDecisionsUnderWay()
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"a\"}", Durability.Synced);

        var result = JournalVerifier.Verify(_journal.Root);
        Assert.Equal((1L, 1L, null), (result.Records, result.OpenDecisions, result.Problem));
    }
}
