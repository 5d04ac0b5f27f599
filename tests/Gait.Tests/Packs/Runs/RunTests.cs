using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Runs;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Packs.Runs;

/// <summary>Replay, difference, inspection and the ticket's line.</summary>
public sealed class RunTests
{
    private static readonly Runpack Sample = SampleRun.Read(SampleRun.Pack(null));

    [Fact]
    public void Replay_OfRecordedResults_RunsNothing()
    {
        var steps = RunReplay.Steps(Sample);
        Assert.All(steps, step => Assert.Equal("recorded", step.Execution));
        Assert.Equal(["ok", "error"], steps.Select(step => step.Status));
        Assert.True(RunReplay.IsWhole(steps));
    }

    [Theory]
    [InlineData("http.get", "stubbed", "http")]
    [InlineData("fs.write", "stubbed", "file")]
    [InlineData("sql.run", "stubbed", "db")]
    [InlineData("kafka.send", "stubbed", "queue")]
    [InlineData("think", "missing", "")]
    public void Replay_WithoutAResult_StubsByTheToolsName(string tool, string execution, string type)
    {
        var pack = SampleRun.Read(
            SampleRun.Pack(
                null,
                input =>
                {
                    input["intents"]![1]!["tool_name"] = tool;
                    input["results"]!.AsArray().RemoveAt(1);
                }
            )
        );
        var step = RunReplay.Steps(pack)[1];
        Assert.Equal((execution, type), (step.Execution, step.StubType));
        Assert.Equal(execution != "missing", RunReplay.IsWhole(RunReplay.Steps(pack)));
        Assert.Equal(RunReplay.Steps(pack), RunReplay.Steps(pack));
    }

    [Fact]
    public void Diff_WithItself_FindsNothing()
    {
        var difference = RunDiff.Compare(Sample, Sample, metadataOnly: false);
        Assert.False(difference.IsDifferentRun || difference.ManifestChanged);
        Assert.Equal(ContextDrift.None, difference.ContextDrift);
    }

    [Fact]
    public void Diff_WithAnotherRunOfTheSame_FindsOnlyTheManifest()
    {
        var again = SampleRun.Read(SampleRun.Pack(null, input => input["run"]!["run_id"] = "run_again"));
        var difference = RunDiff.Compare(Sample, again, metadataOnly: false);
        Assert.True(difference.ManifestChanged);
        Assert.False(difference.IsDifferentRun);
    }

    [Fact]
    public void Diff_NamesWhatChanged()
    {
        var other = SampleRun.Read(
            SampleRun.Pack(
                null,
                input =>
                {
                    input["intents"]![0]!["args"]!["query"] = "other";
                    input["results"]!.AsArray().RemoveAt(1);
                }
            )
        );
        var difference = RunDiff.Compare(Sample, other, metadataOnly: false);
        Assert.Equal(["intent_1"], difference.ChangedIntents);
        Assert.Equal(["intent_2"], difference.LeftOnlyResults);
        Assert.True(difference.IntentsChanged && difference.ResultsChanged && !difference.RefsChanged);
    }

    [Theory]
    [InlineData("retrieved_at", "2026-02-06T00:00:00Z", ContextDrift.RuntimeOnly)]
    [InlineData("source_locator", "elsewhere", ContextDrift.Semantic)]
    public void Drift_TellsWhenFromWhat(string field, string value, string expected)
    {
        var digest = new string('1', 64);
        System.Text.Json.Nodes.JsonObject Refs() =>
            new()
            {
                ["receipts"] = new System.Text.Json.Nodes.JsonArray(
                    new System.Text.Json.Nodes.JsonObject
                    {
                        ["ref_id"] = "r",
                        ["source_type"] = "http",
                        ["source_locator"] = "here",
                        ["query_digest"] = digest,
                        ["content_digest"] = digest,
                        ["retrieved_at"] = "2026-02-05T00:00:00Z",
                        ["redaction_mode"] = "reference",
                    }
                ),
            };
        var changed = Refs();
        changed["receipts"]![0]![field] = value;
        Assert.Equal(ContextDrift.None, ContextDrift.Compare(Refs(), Refs()));
        Assert.Equal(expected, ContextDrift.Compare(Refs(), changed));
    }

    [Fact]
    public void Inspection_ShowsEachIntentWithItsVerdict()
    {
        var entries = RunInspection.Create(Sample).Entries;
        Assert.Equal([(1, "ok", ""), (2, "error", "block")], entries.Select(entry => (entry.Index, entry.Status, entry.Verdict)));
        Assert.Equal(["no_deletes"], entries[1].ReasonCodes);
        Assert.Equal(["allow", "block"], Sample.Results.Select(RecordedVerdict.Parse));
    }

    [Fact]
    public void Footer_IsInTheFormThatToolsLookFor() =>
        Assert.Matches(
            "^GAIT run_id=([A-Za-z0-9_-]+) manifest=sha256:([a-f0-9]{64}) verify=\"gait verify \\1\"$",
            TicketFooter.Format(Sample)
        );

    [SharedDataFact("gait/derived")]
    public void GaitsGoldenRun_ReplaysAndComparesAsPublished()
    {
        var pack = SampleRun.Read(File.ReadAllBytes(Repository.Shared("gait/derived/runpack_run_integration.zip")));
        Assert.Equal(2, RunReplay.Steps(pack).Count);
        Assert.False(RunDiff.Compare(pack, pack, metadataOnly: false).IsDifferentRun);
    }
}
