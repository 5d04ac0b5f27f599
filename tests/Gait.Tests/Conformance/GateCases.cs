using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Gait.Tests.Conformance;

/// <summary>Policy and intent in, verdict and reasons out.</summary>
internal static class GateCases
{
    public const string LaterCommands = "later: evidence commands";

    // What only a command with tokens, keys or files can decide.
    private static readonly string[] CommandInputs =
    [
        "approval_token",
        "delegation_tokens",
        "approved_script_registry",
        "approval_public_key",
        "delegation_public_key",
    ];

    public static IReadOnlyList<CaseResult> Run(Corpus corpus) => [.. corpus.Cases("gate_cases").Select(c => Run(corpus, c))];

    private static CaseResult Run(Corpus corpus, JsonElement c)
    {
        var id = c.Text("id");
        if (OutOfScope(corpus, c) is { } reason)
        {
            return new CaseResult(id, CaseStatus.OutOfScope, reason);
        }

        if (!corpus.Policy(c.Text("policy")).TryGet(out var policy))
        {
            return CaseResult.Of(id, c.Text("expected_verdict") == "error" ? null : "The policy can't be read.");
        }

        var read = corpus.Intent(c.Text("intent"));
        var facts = GateFacts.Of(corpus, c);
        var outcome = new RuleEngine(policy).Evaluate(read, facts);
        var (expected, actual) = (c.Text("expected_verdict"), Word(outcome));
        return expected == actual ? CaseResult.Of(id, GateExpectations.Compare(c, outcome, read))
            : IsStricter(actual, expected) ? new CaseResult(id, CaseStatus.Stricter, $"{actual}, not {expected}")
            : CaseResult.Of(id, $"{actual}, not {expected}: {string.Join(",", outcome.ReasonCodes)}{string.Join(";", outcome.Errors)}");
    }

    public static string? OutOfScope(Corpus corpus, JsonElement c)
    {
        if (
            c.Text("expected_verdict").Length == 0
            || c.Text("command").Contains("--simulate", StringComparison.Ordinal)
            || (c.Get("inputs") is { } inputs && CommandInputs.Any(input => inputs.Get(input) is not null))
        )
        {
            return LaterCommands;
        }

        return corpus.Has(c.Text("policy")) && corpus.Has(c.Text("intent")) ? null : "the file isn't in the folder";
    }

    private static string Word(RuleOutcome outcome) => outcome.Errors.Count > 0 ? "error" : RuleVerdicts.Word(outcome.Verdict);

    /// <summary>An error lets nothing through, like a block.</summary>
    public static bool IsStricter(string actual, string than) => Rank(actual) < Rank(than);

    private static Verdict Rank(string word) => RuleVerdicts.TryParse(word, out var verdict) ? verdict : Verdict.Block;
}
