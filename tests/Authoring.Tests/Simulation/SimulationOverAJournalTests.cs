using System.Diagnostics;
using System.Globalization;
using Gateway.Authoring.Simulation;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Evidence.Snapshots;
using Gateway.Evidence.Tests;
using Gateway.Evidence.Tests.Snapshots;
using Gateway.Policy.Model;
using Xunit.Abstractions;

namespace Gateway.Authoring.Tests.Simulation;

/// <summary>A journal of 100,000 decisions, written by the real writer, judged by changed documents.</summary>
public sealed class SimulationOverAJournalTests(ITestOutputHelper output) : IDisposable
{
    private const int Records = 100_000;

    private readonly TestJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task AChangedFile_FlipsExactlyTheDecisionsThatRestOnIt()
    {
        await WriteAsync();
        var candidate =
            KeptDecisions.Documents.Replace("max: 900", "max: 500", StringComparison.Ordinal)
            + "\n---\napiVersion: gateway/v1\nkind: Policy\nmetadata: {tenant: acme, name: notes}\n"
            + "spec: {rules: [{name: r, effect: block, match: {tool_names: [bank/note]}, when: \"args.text == 'x'\"}]}\n";
        var simulation = new PolicySimulation(
            KeptDecisions.Compile(KeptDecisions.Documents),
            KeptDecisions.Compile(candidate),
            examples: Records
        );

        var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var read = JournalDecisions.Read(
            _journal.Root,
            (log, index, body) =>
            {
                Assert.True(RecordedAction.TryRead(body, out var action, out var problem), problem);
                simulation.Judge(new SimulatedAction($"{log}.{index}", action.DecisionId, action.Intent, action.Facts, action.Verdict));
            },
            CancellationToken.None
        );
        output.WriteLine(
            $"{Records} records in {watch.Elapsed.TotalSeconds:F2} s: {Records / watch.Elapsed.TotalSeconds:F0} a second; "
                + $"{(Environment.CpuUsage.TotalTime - worked).TotalSeconds:F2} s of processor time."
        );

        var report = simulation.Report();
        Assert.True(read.IsGood, read.Problem?.ToString());
        Assert.Equal((Records, 0), (report.Actions, report.RecordedOtherwise));
        var group = Assert.Single(report.Groups);
        Assert.Equal((Verdict.Allow, Verdict.Block, "control 6"), (group.Before, group.After, Assert.Single(group.Causes).What));
        Assert.Equal(Enumerable.Range(0, Records).Where(IsFlipped).Select(Id), group.Examples.Select(example => example.DecisionId));
        var undetermined = Assert.Single(report.UndeterminedGroups);
        Assert.Equal(("bank/note", "/text"), (undetermined.Tool, Assert.Single(undetermined.Missing)));
        Assert.Equal(
            Enumerable.Range(0, Records).Where(number => number % 3 == 1).Select(Id),
            undetermined.Examples.Select(example => example.DecisionId)
        );
    }

    private static bool IsFlipped(int number) => number % 3 == 0 && number % 1000 is > 500 and <= 900;

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"d-{number}");

    private async Task WriteAsync()
    {
        _journal.Options.SegmentBytes = 64L << 20;
        var snapshot = KeptDecisions.Compile(KeptDecisions.Documents);
        await using var log = _journal.Open();
        for (var number = 0; number < Records; number++)
        {
            var record = (number % 3) switch
            {
                0 => KeptDecisions.Record(
                    snapshot,
                    number,
                    "book",
                    string.Create(CultureInfo.InvariantCulture, $"{{\"amount\":{number % 1000},\"to\":\"x\"}}")
                ),
                1 => KeptDecisions.Record(snapshot, number, "note", """{"text":"x"}"""),
                _ => KeptDecisions.Record(snapshot, number, "look", ""),
            };
            var pending = log.AppendAsync(record, Durability.Written, CancellationToken.None);
            if (number % 1000 == 999)
            {
                await pending;
            }
        }
    }
}
