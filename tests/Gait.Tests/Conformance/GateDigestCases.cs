using System.Text.Json;
using Gateway.Gait.Intents;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>The digests of the gate cases' policies and intents: one golden pair, the others computed by an independent model.</summary>
internal static class GateDigestCases
{
    public static IReadOnlyList<CaseResult> Run(Corpus corpus) =>
        [.. corpus.Cases("gate_cases").Where(c => GateCases.OutOfScope(corpus, c) is null).SelectMany(c => Run(corpus, c))];

    private static IEnumerable<CaseResult> Run(Corpus corpus, JsonElement c)
    {
        var digests = c.Get("expected_digests") ?? c.Get("model_derived") ?? default;
        if (digests.Text("policy_digest") is { Length: > 0 } expected && corpus.Policy(c.Text("policy")).TryGet(out var policy))
        {
            yield return Compare(c.Text("id") + " policy", expected, PolicyCanonicalForm.Digest(policy).ToString());
        }

        if (digests.Text("intent_digest") is { Length: > 0 } wanted && corpus.Intent(c.Text("intent")).TryGet(out var intent))
        {
            yield return Compare(c.Text("id") + " intent", wanted, IntentDigests.Compute(intent).ToString());
        }
    }

    private static CaseResult Compare(string id, string expected, string actual) =>
        CaseResult.Of(id, expected == actual ? null : $"{actual}, not {expected}");
}
