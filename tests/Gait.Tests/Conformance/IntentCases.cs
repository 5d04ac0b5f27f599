using System.Text.Json;
using Gateway.Gait.Intents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Intents that must be refused or accepted, and digests that must be equal or differ.</summary>
internal static class IntentCases
{
    public static IReadOnlyList<CaseResult> Run(Corpus corpus) => [.. corpus.Cases("intent_cases").Select(c => Run(corpus, c))];

    public static IReadOnlyList<CaseResult> Relations(Corpus corpus) =>
        [.. corpus.Cases("intent_digest_relations").Select(c => CaseResult.Of(c.Text("id"), Relation(corpus, c)))];

    private static CaseResult Run(Corpus corpus, JsonElement c)
    {
        var id = c.Text("id");
        if (!corpus.Has(c.Text("intent")))
        {
            return new CaseResult(id, CaseStatus.OutOfScope, "the file isn't in the folder");
        }

        var result = corpus.Intent(c.Text("intent"));
        if (c.Text("expected") == "reject")
        {
            return CaseResult.Of(id, result.Intent is null ? null : "It was accepted.");
        }

        return CaseResult.Of(id, result.TryGet(out var intent) ? CompareFields(c, intent) : string.Join("; ", result.Errors));
    }

    private static string? CompareFields(JsonElement c, RuleIntent intent) =>
        c.Get("expected_normalised") is not { } fields
            ? null
            : fields
                .EnumerateObject()
                .Where(field => IntentFields.Text(intent, field.Name) != IntentFields.Expected(field.Value))
                .Select(field => $"{field.Name}: {IntentFields.Text(intent, field.Name)}, not {field.Value}")
                .FirstOrDefault();

    private static string? Relation(Corpus corpus, JsonElement c)
    {
        var (left, right) = (Digest(corpus, c, "left"), Digest(corpus, c, "right"));
        var model = c.Get("model_derived")?.Text("digest") ?? "";
        var equal = c.Text("relation").StartsWith("equal", StringComparison.Ordinal);
        return (left == right) != equal ? "The digests are not " + c.Text("relation")
            : model.Length > 0 && model != left.Split('|')[0] ? $"{left}, not {model}"
            : null;
    }

    private static string Digest(Corpus corpus, JsonElement c, string side)
    {
        if (c.Get(side + "_inline") is { } args)
        {
            var errors = new IntentErrors();
            return Convert.ToHexString(ArgumentFields.Normalise(args, "args", errors).Span);
        }

        Assert.True(corpus.Intent(c.Text(side)).TryGet(out var intent));
        return $"{IntentDigests.Compute(intent)}|{IntentDigests.ScriptHash(intent)}";
    }
}
