using System.Text.Json;
using Gateway.Gait.Gating;
using Gateway.Policy.Canonical;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>The groups of a few cases each.</summary>
internal static class SmallCases
{
    public static IReadOnlyList<CaseResult> Broker(Corpus corpus) =>
        [
            .. corpus
                .Cases("broker_requirement_cases")
                .Select(c =>
                {
                    Assert.True(corpus.Policy(c.Text("policy")).TryGet(out var policy));
                    var expected = c.GetProperty("expected");
                    var equal =
                        BrokerRequirement.HasUnbrokeredHighRisk(policy) == expected.Flag("has_high_risk_unbrokered_actions")
                        && BrokerRequirement.RequiresBroker(policy) == expected.Flag("requires_broker_for_high_risk");
                    return CaseResult.Of(c.Text("id"), equal ? null : "It differs.");
                }),
        ];

    public static IReadOnlyList<CaseResult> Heuristic(Corpus corpus) =>
        [
            .. corpus
                .Cases("credential_heuristic_cases")
                .Select(c =>
                {
                    var kind = c.Text("value_kind");
                    var value = c.Get("value")?.GetString() ?? Sample(kind);
                    return value is null
                        ? new CaseResult(kind, CaseStatus.OutOfScope, "the value isn't published")
                        : CaseResult.Of(
                            kind.Length > 0 ? kind : value,
                            CredentialHeuristic.LooksLikeCredential(value) == c.Flag("looks_like_credential")
                                ? null
                                : "It was taken for the other."
                        );
                }),
        ];

    public static IReadOnlyList<CaseResult> Patterns(Corpus corpus)
    {
        var table = corpus.Table("pattern_cases");
        return
        [
            .. Pattern(table, "path", PathPattern.IsMatch),
            .. Pattern(table, "domain", DomainPattern.IsMatch),
            .. (table.Get("fallback_reason_name")?.EnumerateArray() ?? default).Select(c =>
                CaseResult.Of(
                    $"fallback '{c.Text("name")}'",
                    RuleNameCode.Of(c.Text("name")) == c.Text("result") ? null : RuleNameCode.Of(c.Text("name"))
                )
            ),
        ];
    }

    public static IReadOnlyList<CaseResult> Canonical(Corpus corpus) =>
        [
            .. corpus
                .Cases("canonical_json_cases")
                .Select(c =>
                {
                    var input = c.Get("input_inline") is { } inline
                        ? System.Text.Encoding.UTF8.GetBytes(inline.GetString()!)
                        : corpus.Bytes(c.Text("input"));
                    var output = new System.Buffers.ArrayBufferWriter<byte>();
                    var ok = CanonicalJson.TryCanonicalise(input, output, out _);
                    var equal =
                        c.Text("expected") == "error"
                            ? !ok
                            : ok && output.WrittenSpan.SequenceEqual(corpus.Bytes(c.Text("canonical")).AsSpan().TrimEnd((byte)'\n'));
                    return CaseResult.Of(c.Text("id"), equal ? null : "It differs.");
                }),
        ];

    private static IEnumerable<CaseResult> Pattern(JsonElement table, string kind, Func<string, string, bool> isMatch) =>
        (table.Get(kind)?.EnumerateArray() ?? default).Select(c =>
            CaseResult.Of(
                $"{kind} {c.Text("value")} {c.Text("pattern")}",
                isMatch(c.Text("value"), c.Text("pattern")) == c.Flag("match") ? null : "It differs."
            )
        );

    /// <summary>A text of the kind that the corpus describes and doesn't spell out.</summary>
    private static string? Sample(string kind) =>
        kind switch
        {
            _ when kind.Contains("ghp_", StringComparison.Ordinal) => "ghp_" + new string('x', 36),
            _ when kind.Contains("32 mixed", StringComparison.Ordinal) => string.Concat(Enumerable.Repeat("a1B2", 8)),
            _ when kind.Contains("AKIA", StringComparison.Ordinal) => "AKIA" + new string('X', 16),
            _ when kind.Contains("sk-", StringComparison.Ordinal) => "sk-" + new string('x', 20),
            _ when kind.Contains("64 hex", StringComparison.Ordinal) => new string('a', 64),
            _ => null,
        };
}
