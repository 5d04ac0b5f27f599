using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Verification;

public sealed class LogVerifierTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Verify_AnyByteOfAnyFileChanged_FailsAndNamesTheFile()
    {
        var folder = await MarkedAsync();
        var files = Files(folder);
        Assert.Contains(files, file => file.EndsWith("resume", StringComparison.Ordinal));
        var contents = files.Select(File.ReadAllBytes).ToArray();

        Prop.ForAll<int, int, byte>(
                (which, where, how) =>
                {
                    var file = (int)((uint)which * 2654435761u % files.Length);
                    var changed = (byte[])contents[file].Clone();
                    var at = (int)((uint)(where * 7919) % changed.Length);
                    changed[at] ^= (byte)(how == 0 ? 1 : how);
                    File.WriteAllBytes(files[file], changed);
                    var problem = JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem;
                    File.WriteAllBytes(files[file], contents[file]);

                    return problem is not null
                        && problem.Offset <= at
                        && (problem.File == files[file] || files[file].EndsWith("log.json", StringComparison.Ordinal));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600));

        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Verify_AnyFileMissingOrCut_Fails()
    {
        var folder = await MarkedAsync();
        foreach (var file in Files(folder))
        {
            var content = await File.ReadAllBytesAsync(file);
            File.Delete(file);

            // Without its mark a start reads more, and proves the same. The last seal can be due still, where a crash came first, which
            // leaves no mark of the end either.
            var isMadeAnew =
                Path.GetFileName(file) is "resume" or "closed" || file == SegmentSeal.List(folder).Append(file).Max(StringComparer.Ordinal);
            Assert.True(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem is not null || isMadeAnew, file);
            await File.WriteAllBytesAsync(file, content[..^1]);
            Assert.True(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem is not null, file);
            await File.WriteAllBytesAsync(file, [.. content, 0]);
            Assert.True(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem is not null, file);
            await File.WriteAllBytesAsync(file, content);
        }

        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
    }

    [Fact]
    public async Task Verify_ChangedTile_NamesTheByte()
    {
        var folder = await MarkedAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "tile"), "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            var at = bytes.Length * 2 / 3;
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            var result = EvidenceFile.Verify(file, TestJournal.Keys.Public);
            Assert.Equal((EvidenceKind.Tile, file, (long)at), (result.Kind, result.Problem!.File, result.Problem.Offset));
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            Assert.Null(EvidenceFile.Verify(file, TestJournal.Keys.Public).Problem);
        }
    }

    [Fact]
    public async Task Verify_WhileTheLogGrows_IsGood()
    {
        await using var log = _journal.Open();
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 40; i++)
            {
                await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
            }

            Assert.True(log.TrySign());
            Assert.Null(JournalVerifier.Verify(log.Folder, TestJournal.Keys.Public).Problem);
        }
    }

    [Fact]
    public async Task File_OfEachKind_IsKnown()
    {
        var folder = await MarkedAsync();
        foreach (
            var (name, kind) in new[]
            {
                ("checkpoint", EvidenceKind.Checkpoint),
                ("seal-00000000000000000000", EvidenceKind.Seal),
                ("tile/0/000", EvidenceKind.Tile),
                ("segment-00000000000000000000.log", EvidenceKind.Segment),
                ("", EvidenceKind.Journal),
            }
        )
        {
            var result = EvidenceFile.Verify(Path.Combine(folder, name), TestJournal.Keys.Public);
            Assert.Equal((kind, null), (result.Kind, result.Problem));
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "tile/0/900"), new byte[8192]);
        Assert.Equal(LogProblemKind.Tile, EvidenceFile.Verify(Path.Combine(folder, "tile/0/900"), TestJournal.Keys.Public).Problem!.Kind);
        Assert.NotNull(EvidenceFile.Verify(Path.Combine(folder, "lock"), TestJournal.Keys.Public).Problem);
        Assert.NotNull(EvidenceFile.Verify(Path.Combine(folder, "checkpoint"), null).Problem);
        Assert.NotNull(EvidenceFile.Verify(Path.Combine(folder, "nothing"), TestJournal.Keys.Public).Problem);
    }

    private async Task<string> MarkedAsync()
    {
        await using var log = _journal.Open();
        await TestJournal.AppendAsync(log, RecordType.Decision, "{\"decision_id\":\"d\"}");
        _journal.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(log.TrySign());
        for (var i = 0; i < 299; i++)
        {
            await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
        }

        return log.Folder;
    }

    private static string[] Files(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith("lock", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
}
