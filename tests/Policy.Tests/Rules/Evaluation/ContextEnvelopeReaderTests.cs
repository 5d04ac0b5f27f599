using System.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Tests.Rules.Evaluation;

public sealed class ContextEnvelopeReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    private const string Second = """
        {"ref_id":"a-2","source_type":"doc","source_locator":"x","query_digest":"Q","content_digest":"C",
        "retrieved_at":"2026-03-12T11:59:00Z","redaction_mode":"hashes","immutability":"unknown"}
        """;
    private const string First = """
        {"ref_id":"a-1","source_type":"doc","source_locator":"x","query_digest":"Q","content_digest":"C",
        "retrieved_at":"2026-03-12T11:59:55Z","redaction_mode":"hashes","immutability":"immutable",
        "freshness_sla_seconds":60,"retrieval_params":{"k":1}}
        """;

    [Fact]
    public void AWholeEnvelope_IsEvidence_WhateverTheOrderOfItsRecords()
    {
        var (evidence, problem) = Read(Envelope(Digest(First, Second), Second, First));
        Assert.Equal("", problem);
        Assert.Equal(Digest(First, Second), evidence!.SetDigest);
        Assert.Equal(("required", 60L), (evidence.Mode, evidence.AgeSeconds));
        Assert.Equal(["a-1", "a-2"], evidence.Refs);
    }

    [Fact]
    public void AFieldThatIsEmpty_CountsAsOneThatIsntThere() =>
        Assert.NotNull(
            Read(
                Envelope(Digest(Second), Second[..^1] + ",\"sensitivity_label\":\"\",\"freshness_sla_seconds\":0,\"retrieval_params\":{}}")
            ).Evidence
        );

    [Fact]
    public void AnotherRecordThanDigested_IsNoEvidence() =>
        Assert.Contains("context_set_digest", Read(Envelope(Digest(First), Second)).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    public void WhatIsNoEnvelope_IsNoEvidence(string json) => Assert.NotEmpty(Read(json).Problem);

    [Theory]
    [InlineData("\"ref_id\":\"a-2\"", "\"ref_id\":\"\"")]
    [InlineData("\"retrieved_at\":\"2026-03-12T11:59:00Z\",", "")]
    [InlineData("2026-03-12T11:59:00Z", "2026-03-12T12:00:01Z")]
    [InlineData("\"doc\"", "\"doc\",\"more\":1")]
    [InlineData("unknown", "frozen")]
    public void ABadRecord_IsNoEvidence(string old, string now)
    {
        var record = Second.Replace(old, now, StringComparison.Ordinal);
        Assert.NotEmpty(Read(Envelope(Digest(record), record)).Problem);
    }

    [Fact]
    public void AnEnvelopeWithoutRecords_OrWithAnUnknownField_IsNoEvidence()
    {
        Assert.NotEmpty(Read(Envelope(Digest())).Problem);
        Assert.NotEmpty(Read(Envelope(Digest(Second), Second)[..^1] + ",\"more\":1}").Problem);
        Assert.NotEmpty(Read(Envelope("", Second)).Problem);
    }

    private static (ContextEvidence? Evidence, string Problem) Read(string json) =>
        ContextEnvelopeReader.Read(Encoding.UTF8.GetBytes(json), Now);

    private static string Digest(params string[] records) =>
        Sha256Digest.Compute(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes($"[{string.Join(',', records.Select(Hex))}]"))).ToString();

    private static string Envelope(string digest, params string[] records) =>
        $$"""
            {"schema_id":"gait.context.envelope","schema_version":"1.0.0","created_at":"2026-03-12T11:59:55Z","producer_version":"t",
            "context_set_id":"s","context_set_digest":"{{digest}}","evidence_mode":"required",
            "records":[{{string.Join(',', records.Select(Hex))}}]}
            """;

    private static string Hex(string record) =>
        record
            .Replace("\"Q\"", $"\"{new string('1', 64)}\"", StringComparison.Ordinal)
            .Replace("\"C\"", $"\"{new string('2', 64)}\"", StringComparison.Ordinal);
}
