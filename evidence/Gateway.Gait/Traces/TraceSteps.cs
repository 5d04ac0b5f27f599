using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Intents;
using Gateway.Policy.Rules;

namespace Gateway.Gait.Traces;

/// <summary>The steps of a trace record: those of a script, and the decision as a whole as the last.</summary>
internal static class TraceSteps
{
    public static void Write(JsonObject record, TraceSubject subject, string verdict)
    {
        var steps = new JsonArray();
        if (subject is { Outcome.Script: { } script, Intent: { IsScript: true } intent })
        {
            record["script"] = true;
            record["step_count"] = intent.Steps.Count;
            record["script_hash"] = IntentDigests.ScriptHash(intent).ToString();
            record["composite_risk_class"] = script.CompositeRiskClass;
            for (var i = 0; i < script.Steps.Count; i++)
            {
                var step = script.Steps[i];
                steps.Add(
                    Step(i, intent.Steps[i].ToolName, RuleVerdicts.Word(step.Verdict), step.ReasonCodes, step.Violations, step.MatchedRules)
                );
            }
        }

        steps.Add(Step(steps.Count, subject.ToolName, verdict, subject.ReasonCodes, subject.Violations, subject.Outcome.MatchedRules));
        record["step_verdicts"] = steps;
        record.AddIfAny("violations", subject.Violations);
    }

    private static JsonObject Step(
        int index,
        string tool,
        string verdict,
        IReadOnlyList<string> reasons,
        IReadOnlyList<string> violations,
        IReadOnlyList<string> rules
    )
    {
        var step = new JsonObject
        {
            ["index"] = index,
            ["tool_name"] = tool,
            ["verdict"] = verdict,
        };
        step.AddIfAny("reason_codes", reasons);
        step.AddIfAny("violations", violations);

        step.AddIfText("matched_rule", string.Join(',', rules));
        return step;
    }
}
