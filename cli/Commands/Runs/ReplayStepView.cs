using System.Text.Json.Nodes;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Cli.Commands.Runs;

/// <summary>One step of a replay, for programs and as a line.</summary>
internal static class ReplayStepView
{
    public static JsonObject Of(ReplayStep step)
    {
        var view = new JsonObject
        {
            ["intent_id"] = step.IntentId,
            ["tool_name"] = step.ToolName,
            ["status"] = step.Status,
            ["execution"] = step.Execution,
        };
        if (step.StubType.Length > 0)
        {
            view["stub_type"] = step.StubType;
        }

        if (step.ResultDigest.Length > 0)
        {
            view["result_digest"] = step.ResultDigest;
        }

        return view;
    }

    public static string Line(ReplayStep step) =>
        $"{step.IntentId} {step.ToolName} {step.Status} {step.Execution}{(step.StubType.Length > 0 ? " " + step.StubType : "")}";
}
