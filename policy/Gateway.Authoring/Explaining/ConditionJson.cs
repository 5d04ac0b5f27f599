using System.Text.Json.Nodes;
using Gateway.Cel.Values;
using Gateway.Policy.Conditions;

namespace Gateway.Authoring.Explaining;

/// <summary>How a rule's condition came out, part by part, for programs.</summary>
internal static class ConditionJson
{
    public static JsonNode Of(ConditionTrace condition) =>
        new JsonObject
        {
            ["policy"] = condition.Policy,
            ["rule"] = condition.Rule,
            ["text"] = condition.Text,
            ["value"] = ValueText.Of(condition.Trace.Result.Value),
            ["parts"] = new JsonArray([
                .. condition.Trace.Entries.Select(part => new JsonObject
                {
                    ["text"] = part.Text,
                    ["depth"] = part.Depth,
                    ["value"] = ValueText.Of(part.Value),
                }),
            ]),
            ["source"] = condition.Source.ToString(),
        };
}
