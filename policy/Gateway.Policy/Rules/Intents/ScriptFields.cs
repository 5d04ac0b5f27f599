using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>script</c>.</summary>
internal static class ScriptFields
{
    public static IReadOnlyList<IntentStep> Read(JsonFields fields)
    {
        var steps = fields.Sections("steps", ReadStep);
        if (steps.Count is 0 or > ScriptLimits.MostSteps)
        {
            fields.Fail("steps", $"There must be 1 to {ScriptLimits.MostSteps} steps.");
        }

        return steps;
    }

    private static IntentStep ReadStep(JsonFields fields)
    {
        var toolName = fields.Required("tool_name", fields.Lower("tool_name"));
        return new IntentStep
        {
            ToolName = toolName,
            Args = ArgumentFields.Read(fields, "args"),
            Targets = TargetFields.Read(fields, toolName),
            Provenance = ProvenanceFields.Read(fields),
        };
    }
}
