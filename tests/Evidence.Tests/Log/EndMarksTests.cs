using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Tests.Log;

/// <summary>Answers whose end was on its way when the process was killed: their outcome says no more than what happened.</summary>
public sealed class EndMarksTests : IDisposable
{
    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Open_BehindAKillWithinTheEndOfAnAnswer_RecordsThatItWasCut()
    {
        var folder = await KilledAsync(log => log.BeginEnding("d1"));

        await using (var log = _journal.Open())
        {
            Assert.Equal(["d1"], log.Recovery.Unfinished);
        }

        Assert.Equal(["completed", "completed", "cut"], Statuses(folder));
        Assert.Null(JournalVerifier.Verify(folder, TestJournal.Keys.Public).Problem);
        await using var again = _journal.Open();
        Assert.Empty(again.Recovery.Unfinished);
    }

    [Fact]
    public async Task Open_BehindAnEndThatWentOut_RecordsNothing()
    {
        var folder = await KilledAsync(log => log.EndEnding(log.BeginEnding("d1")));

        await using (_journal.Open()) { }
        Assert.Equal(["completed", "completed"], Statuses(folder));
    }

    [Fact]
    public async Task Open_WithAMarkThatSomebodyElseMade_RecordsNothing()
    {
        var folder = await KilledAsync(log => log.BeginEnding("d1"));
        var file = Path.Combine(folder, "ending");
        var bytes = await File.ReadAllBytesAsync(file);
        var at = bytes.AsSpan().IndexOf("d1"u8);
        bytes[at + 1] = (byte)'2';
        await File.WriteAllBytesAsync(file, bytes);

        await using (_journal.Open()) { }
        Assert.Equal(["completed", "completed"], Statuses(folder));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70)]
    public async Task Open_WithADamagedFileOfMarks_Starts(int bytes)
    {
        var folder = await KilledAsync(log => log.BeginEnding("d1"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "ending"), [.. Enumerable.Repeat((byte)0xff, bytes)]);

        await using var log = _journal.Open();
        Assert.Empty(log.Recovery.Unfinished);
    }

    [Fact]
    public async Task Begin_OfMoreThanThereArePlaces_MarksNoMore_AndAPlaceThatIsFreeAgainIsTaken()
    {
        await using var log = _journal.Open();
        var places = Enumerable.Range(0, 1024).Select(i => log.BeginEnding($"d{i}")).ToArray();

        Assert.Equal(1024, places.Distinct().Count());
        Assert.Equal(-1, log.BeginEnding("more"));
        log.EndEnding(places[7]);
        Assert.Equal(places[7], log.BeginEnding("more"));
        Array.ForEach(places, log.EndEnding);
    }

    /// <summary>Two completed decisions, and the folder as a kill leaves it.</summary>
    private async Task<string> KilledAsync(Action<JournalLog> before)
    {
        string folder;
        byte[] marks;
        await using (var log = _journal.Open())
        {
            folder = log.Folder;
            foreach (var id in new[] { "d1", "d2" })
            {
                await TestJournal.AppendAsync(log, RecordType.Decision, $"{{\"decision_id\":\"{id}\"}}");
            }

            before(log);
            foreach (var id in new[] { "d1", "d2" })
            {
                await log.AppendAsync(
                    new OutcomeRecord { DecisionId = id, Status = OutcomeStatus.Completed },
                    Durability.Written,
                    CancellationToken.None
                );
            }

            marks = await File.ReadAllBytesAsync(Path.Combine(folder, "ending"));
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "ending"), marks);
        TestJournal.Unclose(folder);
        return folder;
    }

    private static string[] Statuses(string folder) =>
        [
            .. JournalLogTests
                .Records(folder)
                .Where(record => record.Contains("\"type\":\"outcome\"", StringComparison.Ordinal))
                .Select(record =>
                    System.Text.Json.JsonDocument.Parse(record).RootElement.GetProperty("body").GetProperty("status").GetString()!
                ),
        ];
}
