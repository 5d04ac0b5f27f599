using System.Text.Json.Nodes;
using Gateway.Authoring.Simulation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Simulating;

/// <summary>A simulation's result for programs.</summary>
internal static class SimulationJson
{
    public static void Write(JsonObject data, SimulationReport report, RecordedActions source)
    {
        data["actions"] = report.Actions;
        data["changed"] = report.Changed;
        data["flipped"] = report.Flipped;
        data["undetermined"] = report.Undetermined;
        data["unreadable"] = source.Unreadable;
        data["recordedOtherwise"] = report.RecordedOtherwise;
        data["groups"] = new JsonArray([.. report.Groups.Select(Group)]);
        data["undeterminedGroups"] = new JsonArray([.. report.UndeterminedGroups.Select(Group)]);
    }

    private static JsonNode Group(ChangeGroup group) =>
        new JsonObject
        {
            ["before"] = Vocabulary.Verdict.Text(group.Before),
            ["after"] = Vocabulary.Verdict.Text(group.After),
            ["count"] = group.Count,
            ["causes"] = new JsonArray([.. group.Causes.Select(Cause)]),
            ["examples"] = Examples(group.Examples),
        };

    private static JsonNode Cause(ChangeCause cause) =>
        new JsonObject
        {
            ["what"] = cause.What,
            ["before"] = cause.Before,
            ["after"] = cause.After,
            ["document"] = cause.Document,
        };

    private static JsonNode Group(UndeterminedGroup group) =>
        new JsonObject
        {
            ["tool"] = group.Tool,
            ["missing"] = new JsonArray([.. group.Missing.Select(missing => (JsonNode)missing)]),
            ["count"] = group.Count,
            ["examples"] = Examples(group.Examples),
        };

    private static JsonArray Examples(IReadOnlyList<SimulatedAction> actions) => new([.. actions.Select(Example)]);

    private static JsonNode Example(SimulatedAction action) =>
        new JsonObject
        {
            ["receipt"] = action.Receipt,
            ["decisionId"] = action.DecisionId,
            ["tenant"] = action.Intent.Tenant.ToString(),
            ["agent"] = action.Intent.Agent.ToString(),
            ["tool"] = $"{action.Intent.Connector}/{action.Intent.Operation}",
        };
}
