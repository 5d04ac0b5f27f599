using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Gait.Intents;
using Gateway.Gait.Serving;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

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
        var read = IntentReader.Read(ArtifactFile.Read(intentPath, IntentReader.MaxBytes));
        var outcome = policy.Engine.Evaluate(read, new RuleFacts { Now = now, KillSwitch = KillSwitch.NotUsed });
        if (outcome.Errors.Count > 0)
        {
            throw new InvalidInputException([
                .. outcome.Errors.Select(error => new CommandError(
                    $"The intent can't be judged: {error.Field}: {error.Problem}",
                    "Correct the intent."
                )),
            ]);
        }

        var exit = (ExitCode)CallDecision.ExitCodeOf(outcome.Verdict);
        var summary = Summary(outcome);
        return new CommandResult
        {
            Exit = exit,
            Data = Json(policy, read, outcome, summary),
            Lines = [summary],
            Errors = exit == ExitCode.Ok ? [] : [new CommandError($"The verdict is {RuleVerdicts.Word(outcome.Verdict)}.")],
        };
    }

    private static JsonObject Json(GatePolicy policy, IntentResult read, RuleOutcome outcome, string summary)
    {
        var json = new JsonObject
        {
            ["schema_id"] = "gait.policytest.result",
            ["schema_version"] = "1.0.0",
            ["policy_digest"] = policy.Digest.ToString(),
            ["verdict"] = RuleVerdicts.Word(outcome.Verdict),
            ["reason_codes"] = GateJson.List(outcome.ReasonCodes),
            ["violations"] = GateJson.List(outcome.Violations),
            ["matched_rule"] = string.Join(',', outcome.MatchedRules),
            ["summary"] = summary,
        };
        if (read.TryGet(out var intent))
        {
            json["intent_digest"] = IntentDigests.Of(intent).ToString();
        }

        return json;
    }

    private static string Summary(RuleOutcome outcome)
    {
        var rule = outcome.MatchedRules.Count > 0 ? string.Join(',', outcome.MatchedRules) : "none";
        var text = $"verdict={RuleVerdicts.Word(outcome.Verdict)} rule={rule} reasons={string.Join(',', outcome.ReasonCodes)}";
        return text.Length <= MaxSummary ? text : text[..MaxSummary];
    }
}
