using Gateway.Gait.Tests.Packs;
using Gateway.Gait.Traces;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Traces;

/// <summary>Decisions to trace.</summary>
internal static class SampleTrace
{
    public const string Policy = """
        schema_id: gait.gate.policy
        schema_version: 1.0.0
        default_verdict: block
        rules:
          - name: no-deletes
            effect: block
            match: {tool_names: [tool.delete]}
            reason_codes: [deletes_are_for_people]
            violations: [delete]
          - name: reads
            effect: allow
            match: {tool_names: [tool.read]}
        """;

    public static TraceSubject Subject(string tool = "tool.delete") =>
        Of(
            Policy,
            $$$"""{"tool_name":"{{{tool}}}","args":{"note":"<&>"},"targets":[],"""
                + "\"context\":{\"identity\":\"a\",\"workspace\":\"/w\",\"risk_class\":\"low\"}}"
        );

    public static TraceSubject Of(string policyText, string intentText)
    {
        Assert.True(RulePolicyReader.Read(new SourceFile("policy.yaml", policyText)).TryGet(out var policy));
        var read = IntentReader.Read(System.Text.Encoding.UTF8.GetBytes(intentText));
        Assert.True(read.TryGet(out var intent), string.Join(';', read.Errors));
        var facts = new RuleFacts { Now = new DateTimeOffset(2026, 2, 5, 0, 0, 0, TimeSpan.Zero), KillSwitch = KillSwitch.NotUsed };
        return TraceSubject.FromIntent(intent, PolicyCanonicalForm.Digest(policy), new RuleEngine(policy).Evaluate(intent, facts), "0.1.0");
    }

    public static SignedTrace Signed(TraceSubject? subject = null) => SignedTrace.Write(subject ?? Subject(), SampleRun.Key);

    public static TraceVerification Verify(ReadOnlyMemory<byte> bytes) =>
        TraceVerifier.Verify(bytes.Span, SampleRun.Key.PublicKey, "trace.json");
}
