using System.Text.Json.Nodes;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules;

namespace Gateway.Cli.Simulating;

/// <summary>Two rule files over the same intents: what the one would decide otherwise than the other, as Gait answers it.</summary>
internal sealed class RuleSimulation(GatePolicy baseline, GatePolicy candidate)
{
    private readonly List<(string Path, RuleJudgement Before, RuleJudgement After)> _judged = [];

    public int Changed => _judged.Count(IsChanged);

    /// <exception cref="InvalidInputException">One of the intents can't be read or judged: nothing is passed over.</exception>
    public void Judge(IEnumerable<string> intents, DateTimeOffset now)
    {
        foreach (var path in intents)
        {
            _judged.Add((path, RuleJudgement.Judge(baseline, path, now), RuleJudgement.Judge(candidate, path, now)));
        }
    }

    public CommandResult Result()
    {
        var summary = $"{_judged.Count} intents: {Changed} would change. Recommendation: {Recommendation()}.";
        return CommandResult.Ok(
            new()
            {
                ["baseline_policy_digest"] = baseline.Digest.ToString(),
                ["candidate_policy_digest"] = candidate.Digest.ToString(),
                ["fixtures_total"] = _judged.Count,
                ["changed_fixtures"] = Changed,
                ["baseline_verdicts"] = Counts(one => one.Before),
                ["candidate_verdicts"] = Counts(one => one.After),
                ["recommendation"] = Recommendation(),
                ["summary"] = summary,
                ["changed"] = new JsonArray([.. _judged.Where(IsChanged).Select(Describe)]),
            },
            [.. _judged.Where(IsChanged).Select(one => $"{one.Path}: {Word(one.Before)} -> {Word(one.After)}"), summary]
        );
    }

    /// <summary>What becomes allowed is watched first, what becomes blocked is asked for first; else the candidate can count.</summary>
    private string Recommendation() =>
        _judged.Exists(one =>
            Verdict(one.After) == Gateway.Policy.Model.Verdict.Allow && Verdict(one.Before) != Gateway.Policy.Model.Verdict.Allow
        )
            ? "observe"
        : _judged.Exists(one =>
            Verdict(one.After) == Gateway.Policy.Model.Verdict.Block && Verdict(one.Before) != Gateway.Policy.Model.Verdict.Block
        )
            ? "require_approval"
        : "enforce";

    private JsonArray Counts(Func<(string Path, RuleJudgement Before, RuleJudgement After), RuleJudgement> side) =>
        new([
            .. _judged
                .GroupBy(one => Word(side(one)), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (JsonNode)new JsonObject { ["verdict"] = group.Key, ["count"] = group.Count() }),
        ]);

    private static bool IsChanged((string Path, RuleJudgement Before, RuleJudgement After) one) =>
        Verdict(one.Before) != Verdict(one.After)
        || !one.Before.Outcome.ReasonCodes.SequenceEqual(one.After.Outcome.ReasonCodes, StringComparer.Ordinal)
        || !one.Before.Outcome.Violations.SequenceEqual(one.After.Outcome.Violations, StringComparer.Ordinal);

    private static JsonNode Describe((string Path, RuleJudgement Before, RuleJudgement After) one)
    {
        var json = new JsonObject { ["fixture_path"] = one.Path, ["intent_digest"] = one.Before.IntentDigest.ToString() };
        foreach (var (name, side) in new[] { ("baseline_", one.Before), ("candidate_", one.After) })
        {
            json[name + "verdict"] = Word(side);
            json[name + "reason_codes"] = side.Outcome.ReasonCodes.ToJson();
            json[name + "violations"] = side.Outcome.Violations.ToJson();
            json[name + "matched_rule"] = side.MatchedRule;
        }

        json["changed"] = true;
        return json;
    }

    private static Gateway.Policy.Model.Verdict Verdict(RuleJudgement judgement) => judgement.Outcome.Verdict;

    private static string Word(RuleJudgement judgement) => RuleVerdicts.Word(judgement.Outcome.Verdict);
}
