using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress;

/// <summary>The request that a recorded call was, as far as its pack says.</summary>
internal static class RecordedRequest
{
    /// <summary>
    /// What the pack knows of a call: its tool and, where they were kept, its arguments. The rest counts as a call of high risk.
    /// </summary>
    public static byte[] Of(JsonObject intent) =>
        ArtifactJson.Canonical(
            new JsonObject
            {
                ["tool_name"] = intent.Text("tool_name"),
                ["args"] = intent["args"]?.DeepClone() ?? new JsonObject(),
                ["context"] = new JsonObject
                {
                    ["identity"] = "recorded",
                    ["workspace"] = ".",
                    ["risk_class"] = "high",
                },
            }
        );
}
