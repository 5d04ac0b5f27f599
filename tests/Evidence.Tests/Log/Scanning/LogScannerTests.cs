using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Scanning;

/// <summary>What a walk makes of the leaves that the writer handed over.</summary>
public sealed class LogScannerTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Walk_WithAnyOfTheLeavesThatWereWritten_FindsTheSameAsWithNone()
    {
        var (folder, leaves) = await FillAsync();
        var expected = Walk(folder, null);
        Assert.Equal((null, 90, 20), (expected.Problem, expected.Records, expected.Open.Count));

        Prop.ForAll<bool[]>(known =>
            {
                var scan = Walk(folder, Written(leaves, i => i >= known.Length || known[i]));
                return scan.Problem is null
                    && scan.Records == expected.Records
                    && scan.Tree.Root() == expected.Tree.Root()
                    && scan.Open.Ids().SequenceEqual(expected.Open.Ids());
            })
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Walk_WhereARecordIsNotTheOneThatWasWritten_EndsThereHoweverWellItIsMade()
    {
        var (folder, leaves) = await FillAsync();

        Prop.ForAll<int>(number =>
            {
                var index = (int)((uint)number % leaves.Length);
                var scan = Walk(folder, Written(leaves, i => i >= index, i => i == index ? Sha256Digest.Compute("another"u8) : leaves[i]));
                return scan.Problem is { Kind: LogProblemKind.Chain } problem && problem.Index == index && scan.Records == index;
            })
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Walk_WhereTheRecordsBeforeTheHandedOverOnesAreOthers_SeesThatTheChainIsBroken()
    {
        var (folder, leaves) = await FillAsync();
        var file = SegmentName.List(folder)[0];
        var bytes = await File.ReadAllBytesAsync(file);
        var frame = bytes.AsMemory(SegmentHeader.Length, Frame.HeaderLength + BitConverter.ToInt32(bytes, SegmentHeader.Length));
        frame.Span[frame.Span.IndexOf("d0"u8)] = (byte)'e';
        Frame.Seal(frame.Span);
        await File.WriteAllBytesAsync(file, bytes);

        // The first was made anew, frame and all, when its leaf had been forgotten already. The second is as it was written, behind
        // another.
        var problem = Walk(folder, Written(leaves, i => i > 0)).Problem;

        Assert.Equal((LogProblemKind.Chain, 1L), (problem?.Kind, problem?.Index));
    }

    /// <summary>A log of decisions, outcomes of a third of them, and changes; with the leaves that its writer gave.</summary>
    private async Task<(string Folder, Sha256Digest[] Leaves)> FillAsync()
    {
        await using var log = _journal.Open();
        var leaves = new List<Sha256Digest>();
        for (var i = 0; i < 30; i++)
        {
            leaves.Add(
                (
                    await TestJournal.AppendAsync(
                        log,
                        RecordType.Decision,
                        $$"""{"approvals":[{"decision_id":"x"}],"decision_id":"d{{i}}","z":"\""}"""
                    )
                ).Leaf
            );
            leaves.Add(
                (
                    await TestJournal.AppendAsync(
                        log,
                        i % 3 == 0 ? RecordType.Outcome : RecordType.Change,
                        $$"""{"decision_id":"d{{i}}"}"""
                    )
                ).Leaf
            );
            leaves.Add((await TestJournal.AppendAsync(log, RecordType.Decision, """{"facts":{"decision_id":"x"}}""")).Leaf);
        }

        return (log.Folder, [.. leaves]);
    }

    private static WrittenLeaves Written(Sha256Digest[] leaves, Func<int, bool> known, Func<int, Sha256Digest>? leaf = null)
    {
        var written = new WrittenLeaves();
        foreach (var index in Enumerable.Range(0, leaves.Length).Where(known))
        {
            written.Put(index, leaf?.Invoke(index) ?? leaves[index]);
        }

        return written;
    }

    private static LogScan Walk(string folder, WrittenLeaves? written)
    {
        var description = LogDescription.Read(folder)!;
        var scan = LogScan.FromStart(description);
        new LogScanner(folder, description, scan) { Written = written }.ScanToEnd();
        return scan;
    }
}
