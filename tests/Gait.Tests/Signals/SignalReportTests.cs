using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Signals;
using Gateway.Gait.Tests.Packs;
using Gateway.Gait.Tests.Traces;

namespace Gateway.Gait.Tests.Signals;

public sealed class SignalReportTests
{
    [Fact]
    public void Runs_OfOneKind_AreOneFamily()
    {
        var report = SignalReport.Create([
            Input("run_b"),
            Input("run_a"),
            Input("run_c", input => input["intents"]![0]!["tool_name"] = "tool.list"),
        ]);

        Assert.Equal(2, report.Families.Count);
        var family = report.Families.Single(family => family.Runs.Count == 2);
        Assert.Equal("run_a", family.CanonicalRun);
        Assert.StartsWith("fam_" + family.Fingerprint[..12], family.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_InAnyOrder_IsTheSame()
    {
        SignalInput[] inputs = [Input("run_a"), Input("run_b"), Input("run_c", input => input["intents"]![0]!["tool_name"] = "tool.list")];
        Assert.Equal(
            ArtifactJson.Canonical(SignalReport.Create(inputs).ToJson("1")),
            ArtifactJson.Canonical(SignalReport.Create(inputs.Reverse()).ToJson("1"))
        );
    }

    [Fact]
    public void Family_OfABlockedDelete_IsWorseThanAFailedRead()
    {
        var trace = SampleTrace.Verify(SampleTrace.Signed().Bytes).Trace!;
        var report = SignalReport.Create([
            Input("run_a", input => input["intents"]!.AsArray().RemoveAt(1)),
            Input("run_b") with
            {
                Traces = [trace],
            },
        ]);
        Assert.Equal("run_b", report.Families[0].CanonicalRun);
        Assert.Equal("violation_delete", report.Families[0].TopReason);
        Assert.Contains("policy_change", report.Families[0].Drivers);
        Assert.True(report.Families[0].Severity > report.Families[1].Severity);
    }

    [Fact]
    public void Severity_IsAsItIsDefined()
    {
        // 30 x 4 (delete) + 15 x 1 + 10 x 1 (a reason, none about policy) + 1 reason + 1 member.
        var family = Assert.Single(SignalReport.Create([Input("run_a")]).Families);
        Assert.Equal((147, "high"), (family.Severity, family.Level));
        Assert.Equal(["tool_result_shape_change"], family.Drivers);
    }

    [Fact]
    public void FailedGraders_AreReasons() =>
        Assert.Contains(
            "unexpected_diff",
            SignalReport.Create([Input("run_a") with { FailedGraders = ["unexpected_diff"] }]).Fingerprints[0].Reasons
        );

    [Fact]
    public void NoRuns_AreAnEmptyReport() => Assert.Equal(0, SignalReport.Create([]).ToJson("1")["run_count"]!.GetValue<int>());

    private static SignalInput Input(string runId, Action<JsonObject>? change = null)
    {
        var pack = SampleRun.Read(
            SampleRun.Pack(
                null,
                input =>
                {
                    input["run"]!["run_id"] = runId;
                    change?.Invoke(input);
                }
            )
        );
        return new SignalInput(pack, runId + ".zip", [], []);
    }
}
