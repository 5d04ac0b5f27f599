using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>What a bundle says of its traces, of the policies that those name, and of its regression tests.</summary>
internal static class FindingSummaries
{
    public static JsonObject Policies(BundleSubject subject) => new() { ["policy_digests"] = PolicyDigests(subject) };

    public static JsonObject Traces(BundleSubject subject) => new() { ["traces"] = new JsonArray([.. subject.Traces.Select(Trace)]) };

    public static JsonObject Regressions(BundleSubject subject) =>
        new() { ["regressions"] = new JsonArray([.. subject.Regressions.Select(report => Regression(report.Report))]) };

    private static JsonArray PolicyDigests(BundleSubject subject) =>
        subject
            .Traces.Select(trace => trace.Trace.Trace!.Text("policy_digest"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToJson();

    private static JsonObject Trace((Traces.TraceVerification Trace, ReadOnlyMemory<byte> Content) trace) =>
        new()
        {
            ["trace_id"] = trace.Trace.TraceId,
            ["verdict"] = trace.Trace.Verdict,
            ["reason_codes"] = trace.Trace.ReasonCodes.ToJson(),
            ["policy_digest"] = trace.Trace.Trace!.Text("policy_digest"),
            ["digest"] = trace.Trace.Digest.ToString(),
            ["signature_verified"] = trace.Trace.IsGood,
        };

    private static JsonObject Regression(JsonObject report) =>
        new()
        {
            ["fixture_set"] = report.Text("fixture_set"),
            ["status"] = report.Text("status"),
            ["failed"] = report
                .Objects("graders")
                .Where(grader => grader.Text("status") == "fail")
                .Select(grader => grader.Text("name"))
                .ToJson(),
        };
}
