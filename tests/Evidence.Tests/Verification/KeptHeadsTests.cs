using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Verification;

/// <summary>What only a checkpoint that somebody kept elsewhere can tell of a journal.</summary>
public sealed class KeptHeadsTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Check_OfAJournalThatGoesOnFromAll_FindsNothing()
    {
        var kept = new List<KeyValuePair<string, byte[]>>();
        foreach (var records in new[] { 1, 2, 255, 44, 300 })
        {
            var folder = await _journal.FillAsync(records);
            kept.Add(KeyValuePair.Create($"kept-{records}", await File.ReadAllBytesAsync(Path.Combine(folder, "checkpoint"))));
            Assert.Null(KeptHeads.Check(_journal.Root, kept, TestJournal.Keys.Public));
            Assert.Null(KeptHeads.Check(folder, kept, null));
        }
    }

    [Fact]
    public async Task Check_OfAJournalThatWasPutBackToAnEarlierCopy_IsARollback()
    {
        var folder = await _journal.FillAsync(5);
        var copy = folder + ".copy";
        Copy(folder, copy);
        await _journal.FillAsync(3);
        var kept = Kept(folder);
        Directory.Delete(folder, recursive: true);
        Directory.Move(copy, folder);

        Assert.Null(JournalVerifier.Verify(_journal.Root, TestJournal.Keys.Public).Problem);
        Finds(LogProblemKind.Rollback, kept, "of 5 records");

        // Nor does it help to write on from there: it has as many records then, and other ones.
        _journal.Time.Advance(TimeSpan.FromHours(1));
        await _journal.FillAsync(7);
        Finds(LogProblemKind.Fork, kept, "another root");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_OfALogThatIsGone_IsARollback(bool begunAnew)
    {
        var folder = await _journal.FillAsync(5);
        var kept = Kept(folder);
        Directory.Delete(begunAnew ? folder : _journal.Root, recursive: true);
        if (begunAnew)
        {
            await _journal.FillAsync(9);
        }

        Finds(LogProblemKind.Rollback, kept, "isn't here");
    }

    [Fact]
    public async Task Check_OfALogWhoseHeadIsGone_IsARollback()
    {
        var folder = await _journal.FillAsync(5);
        var kept = Kept(folder);
        TestJournal.ForgetTree(folder);

        Finds(LogProblemKind.Rollback, kept, "of 0 records");
    }

    [Fact]
    public async Task Check_AgainstWhatIsNoSignedCheckpoint_Fails()
    {
        var folder = await _journal.FillAsync(5);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "checkpoint"));

        Finds(LogProblemKind.Checkpoint, [KeyValuePair.Create("kept", bytes[..^9])], "");
        Assert.Equal(
            LogProblemKind.Checkpoint,
            KeptHeads.Check(_journal.Root, [KeyValuePair.Create("kept", bytes)], [TestJournal.Key(9).PublicKey])?.Kind
        );
    }

    [Fact]
    public async Task Check_WhereOldSegmentsWereRemoved_StillProvesWhatWasKept()
    {
        var kept = new List<KeyValuePair<string, byte[]>>();
        string folder;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            for (var i = 0; i < 1500; i++)
            {
                await TestJournal.AppendAsync(log, RecordType.Change, $"{{\"n\":{i}}}");
                if (i is 3 or 100 or 500)
                {
                    _journal.Time.Advance(TimeSpan.FromSeconds(11)); // So that there is a mark to read on from.
                    Assert.True(log.TrySign());
                    kept.AddRange(Kept(folder));
                }
            }

            Assert.True(log.TrySign());
            _journal.Time.Advance(TimeSpan.FromDays(184));
            Assert.True(await log.RemoveExpiredAsync(CancellationToken.None) > 0);
        }

        Assert.Null(KeptHeads.Check(_journal.Root, kept, TestJournal.Keys.Public));
    }

    private void Finds(LogProblemKind kind, IReadOnlyList<KeyValuePair<string, byte[]>> kept, string says)
    {
        var problem = KeptHeads.Check(_journal.Root, kept, TestJournal.Keys.Public);
        Assert.Equal(kind, problem?.Kind);
        Assert.Contains(says, problem!.Detail, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, byte[]>[] Kept(string folder) =>
        [KeyValuePair.Create("kept", File.ReadAllBytes(Path.Combine(folder, "checkpoint")))];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
