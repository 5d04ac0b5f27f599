using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Tests.Packs;
using Gateway.Gait.Traces;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Traces;

public sealed class TraceVerifierTests
{
    private static readonly byte[] Signed = SampleTrace.Signed().Bytes.ToArray();

    [Fact]
    public void Trace_OfADecision_CarriesItsReasonsAndVerifies()
    {
        var result = SampleTrace.Verify(Signed);

        Assert.Null(result.Problem);
        Assert.True(result.IsGood);
        Assert.Equal("block", result.Verdict);
        Assert.Equal(["deletes_are_for_people"], result.ReasonCodes);
        Assert.Equal(["no-deletes"], result.Trace!.Texts("matched_rule_ids"));
        Assert.Equal(SignatureStatus.Verified, result.Signature);
    }

    [Fact]
    public void Trace_WrittenTwice_IsTheSameBytes() => Assert.Equal(Signed, SampleTrace.Signed().Bytes.ToArray());

    [Fact]
    public void Trace_OfAScript_HasEachStepAndThenTheWhole()
    {
        var script = """
            {"script":{"steps":[{"tool_name":"tool.read","args":{}},{"tool_name":"tool.delete","args":{}}]},
             "context":{"identity":"a","workspace":"/w","risk_class":"low"}}
            """;
        var trace = SampleTrace.Verify(SampleTrace.Signed(SampleTrace.Of(SampleTrace.Policy, script)).Bytes).Trace!;
        Assert.Equal(
            ["tool.read allow", "tool.delete block", "script block"],
            trace.Objects("step_verdicts").Select(s => $"{s.Text("tool_name")} {s.Text("verdict")}")
        );
        Assert.Equal(2, trace["step_count"]!.GetValue<int>());
    }

    [Fact]
    public void Request_ThatCannotBeRead_HasASignedTraceToo()
    {
        var subject = TraceSubject.FromUnreadable("nonsense"u8, default, new RuleOutcome(), "0.1.0");
        var result = SampleTrace.Verify(SignedTrace.Write(subject, SampleRun.Key).Bytes);
        Assert.True(result.IsGood);
        Assert.Equal(("block", "intent_not_evaluable"), (result.Verdict, Assert.Single(result.ReasonCodes)));
    }

    [Fact]
    public void Trace_WithAnotherKey_Fails()
    {
        var result = TraceVerifier.Verify(Signed, SampleRun.OtherKey.PublicKey, "t.json");
        Assert.Equal((false, ProblemCodes.WrongKey, "t.json"), (result.IsGood, result.Problem?.Code, result.Problem?.Member));
    }

    [Fact]
    public void Trace_WithoutSignature_Fails()
    {
        var trace = JsonNode.Parse(Signed)!.AsObject();
        trace.Remove("signature");
        var result = SampleTrace.Verify(IndentedJson.Write(trace));
        Assert.Equal((false, SignatureStatus.Missing), (result.IsGood, result.Signature));
    }

    [Fact]
    public void Verification_OfNobody_IsNotGood() => Assert.False(new TraceVerification().IsGood);

    [Fact]
    public void AnySingleByte_Changed_FailsAndSaysWhere()
    {
        for (var at = 0; at < Signed.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                AssertRefused(at, (byte)(1 << bit));
            }
        }
    }

    [Fact]
    public void AnySingleByte_ChangedToAnything_Fails() =>
        Prop.ForAll<uint, byte>(
                (at, mask) =>
                {
                    if (mask != 0)
                    {
                        AssertRefused((int)(at % Signed.Length), mask);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void CanonicalText_OfATrace_VerifiesToo()
    {
        var canonical = ArtifactJson.Canonical(JsonNode.Parse(Signed)!);
        Assert.True(SampleTrace.Verify(canonical).IsGood);
        Assert.Equal(ProblemCodes.NotCanonical, SampleTrace.Verify((byte[])[.. canonical, (byte)'\n']).Problem?.Code);
    }

    [SharedDataFact("gait/transcribed/policies/integration-golden.yaml")]
    public void Ids_AreThoseThatArePublished()
    {
        var subject = SampleTrace.Of(
            File.ReadAllText(Repository.Shared("gait/transcribed/policies/integration-golden.yaml")),
            File.ReadAllText(Repository.Shared("gait/transcribed/intents/integration-golden.json"))
        );
        Assert.Equal("74d4a052fd27c63f110e0879f227215aed15a8e522946d38a2fb515374fbafa8", subject.IntentDigest.ToString());
        Assert.Equal("9a714d67a491c4bd98dd7983", SampleTrace.Signed(subject).TraceId);
    }

    [SharedDataFact("gait/core/schema/testdata")]
    public void PublishedRecords_AreInFormWhereTheyAreValid()
    {
        var folder = Repository.Shared("gait/core/schema/testdata");
        foreach (var file in Directory.GetFiles(folder, "gate_trace_record*valid.json"))
        {
            Assert.True(ArtifactJson.TryParse(File.ReadAllBytes(file), out var trace, out _));
            if (!file.EndsWith("invalid.json", StringComparison.Ordinal))
            {
                Assert.Null(TraceShape.Record.Check(trace));
            }
        }
    }

    [SharedDataFact("gait/scenarios/gait")]
    public void PublishedTokens_HaveSignaturesThatVerify()
    {
        var key = Repository.Shared("gait/scenarios/gait/approval-token-valid/approval_public.key");
        Assert.True(Gateway.Evidence.Signing.Ed25519PublicKey.TryParse(File.ReadAllText(key), out var publicKey));
        var text = File.ReadAllBytes(Repository.Shared("gait/scenarios/gait/approval-token-valid/approval-token.json"));
        Assert.True(ArtifactJson.TryParse(text, out var token, out _));
        Assert.Null(
            ArtifactSignature.Check(token["signature"] as JsonObject, ArtifactJson.DigestWithout(token, "signature"), publicKey, "token")
        );
        Assert.Equal(Encoding.UTF8.GetString(text).TrimEnd(), Encoding.UTF8.GetString(IndentedJson.Write(token)).TrimEnd());
    }

    private static void AssertRefused(int at, byte mask)
    {
        var changed = (byte[])Signed.Clone();
        changed[at] ^= mask;
        var result = SampleTrace.Verify(changed);
        Assert.True(!result.IsGood && result.Problem is { Member: "trace.json", Detail.Length: > 0 }, $"byte {at}, mask {mask}");
    }
}
