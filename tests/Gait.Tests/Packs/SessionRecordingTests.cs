using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Tests;
using Gateway.Evidence.Tests.Snapshots;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;

namespace Gateway.Gait.Tests.Packs;

/// <summary>Sessions out of a journal that the real writer wrote.</summary>
public sealed class SessionRecordingTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task ASession_IsItsDecisionsAlone_WithWhatBecameOfThem()
    {
        await WriteAsync();
        var recording = Read("one");

        Assert.Equal(["d-0", "d-2", "d-4"], recording.Intents.Select(intent => intent.Text("intent_id")));
        Assert.Equal(["bank/look", "bank/book", "bank/look"], recording.Intents.Select(intent => intent.Text("tool_name")));
        Assert.Equal(
            [("d-0", "ok"), ("d-2", "block")],
            recording.Results.Select(result => (result.Text("intent_id"), result.Text("status")))
        );
        Assert.Equal(["d-0", "d-2", "d-4"], recording.Refs.Objects("receipts").Select(receipt => receipt.Text("ref_id")));
        Assert.All(
            recording.Refs.Objects("receipts"),
            receipt => Assert.Matches("^[0-9a-f]{32}[.][0-9]+$", receipt.Text("source_locator"))
        );
    }

    [Fact]
    public async Task OfTwoOutcomesOfADecision_TheLastCounts()
    {
        await WriteAsync();
        await using (var log = _journal.Open())
        {
            await TestJournal.AppendAsync(log, RecordType.Outcome, "{\"decision_id\":\"d-0\",\"status\":\"cut\"}");
        }

        var recording = Read("one");
        Assert.Equal(
            [("d-0", "cut"), ("d-2", "block"), ("d-4", "outcome_unknown")],
            recording.Results.Select(result => (result.Text("intent_id"), result.Text("status")))
        );
        Assert.True(
            RunpackVerifier.Verify(RunpackWriter.Write(recording, SampleRun.Key), SampleRun.Key.PublicKey, requireSignature: true).IsGood
        );
    }

    [Fact]
    public async Task APackOfIt_Verifies_AndIsTheSameBytesEachTime()
    {
        await WriteAsync();
        var pack = RunpackWriter.Write(Read("one"), SampleRun.Key);

        Assert.Equal(pack, RunpackWriter.Write(Read("one"), SampleRun.Key));
        Assert.True(RunpackVerifier.Verify(pack, SampleRun.Key.PublicKey, requireSignature: true).IsGood);
    }

    [Fact]
    public async Task ASessionThatNobodyHad_IsNone()
    {
        await WriteAsync();
        Assert.Contains("no decision", Assert.Throws<RunRecordingException>(() => Read("nobody")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromADamagedJournal_NothingIsMade()
    {
        var folder = await WriteAsync();
        var segment = Directory.GetFiles(folder, "segment-*")[^1];
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        Assert.Contains(segment, Assert.Throws<RunRecordingException>(() => Read("one")).Message, StringComparison.Ordinal);
        Assert.Throws<RunRecordingException>(() => Read("one", [TestJournal.Key(90).PublicKey]));
    }

    private RunRecording Read(string session, IReadOnlyList<Ed25519PublicKey>? keys = null) =>
        SessionRecording.Read(_journal.Root, keys ?? TestJournal.Keys.Public, session, "run_of_a_session", CancellationToken.None);

    /// <summary>Decisions of two sessions in turn; the last of the first has no outcome.</summary>
    private async Task<string> WriteAsync()
    {
        var snapshot = KeptDecisions.Compile(KeptDecisions.Documents);
        await using var log = _journal.Open();
        for (var number = 0; number < 5; number++)
        {
            var record =
                number == 2
                    ? KeptDecisions.Record(snapshot, number, "book", """{"amount":901}""")
                    : KeptDecisions.Record(snapshot, number, "look", "");
            record = record with { Intent = record.Intent with { Session = number % 2 == 0 ? "one" : "two" } };
            await log.AppendAsync(record, Durability.Written, CancellationToken.None);
            if (number < 4)
            {
                await log.AppendAsync(
                    new OutcomeRecord
                    {
                        DecisionId = record.DecisionId,
                        Status = number == 2 ? OutcomeStatus.Refused : OutcomeStatus.Completed,
                    },
                    Durability.Written,
                    CancellationToken.None
                );
            }
        }

        return log.Folder;
    }
}
