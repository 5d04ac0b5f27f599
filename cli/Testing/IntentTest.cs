using System.Text.Json.Nodes;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Gait.Serving;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Cli.Testing;

/// <summary>
/// One intent judged by a rule file's rules alone, as Gait's <c>policy test</c> answers it: what the rules ask beside their verdict isn't
/// looked at.
/// </summary>
internal static class IntentTest
{
    private const int MaxSummary = 240;

    public static CommandResult Run(string policyPath, string intentPath, DateTimeOffset now)
    {
        var policy = GatePolicy.Read(policyPath);
        var judgement = RuleJudgement.Judge(policy, intentPath, now);
        var outcome = judgement.Outcome;
        var exit = (ExitCode)CallDecision.ExitCodeOf(outcome.Verdict);
        var summary = Summary(outcome);
        return new CommandResult
        {
            Exit = exit,
            Data = Json(policy, judgement, summary),
            Lines = [summary],
            Errors = exit == ExitCode.Ok ? [] : [new CommandError($"The verdict is {RuleVerdicts.Word(outcome.Verdict)}.")],
        };
    }

    private static JsonObject Json(GatePolicy policy, RuleJudgement judgement, string summary) =>
        new()
        {
            ["schema_id"] = "gait.policytest.result",
            ["schema_version"] = "1.0.0",
            ["created_at"] = GateJson.CreatedAt(judgement.Intent),
            ["producer_version"] = "gateway",
            ["policy_digest"] = policy.Digest.ToString(),
            ["intent_digest"] = judgement.IntentDigest.ToString(),
            ["verdict"] = RuleVerdicts.Word(judgement.Outcome.Verdict),
            ["reason_codes"] = GateJson.List(judgement.Outcome.ReasonCodes),
            ["violations"] = GateJson.List(judgement.Outcome.Violations),
            ["matched_rule"] = judgement.MatchedRule,
            ["summary"] = summary,
        };

    private static string Summary(RuleOutcome outcome)
    {
        var rule = outcome.MatchedRules.Count > 0 ? string.Join(',', outcome.MatchedRules) : "none";
        var text = $"verdict={RuleVerdicts.Word(outcome.Verdict)} rule={rule} reasons={string.Join(',', outcome.ReasonCodes)}";
        return text.Length <= MaxSummary ? text : text[..MaxSummary];
    }
}
