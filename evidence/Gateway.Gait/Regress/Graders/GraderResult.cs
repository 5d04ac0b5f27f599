using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress.Graders;

/// <summary>What one grader found about one fixture.</summary>
/// <param name="Grader">Such as <c>diff</c>.</param>
/// <param name="ReasonCodes">Sorted; of a failure, why.</param>
/// <param name="Detail">The first thing that differs, as a sentence; empty where there is none.</param>
public sealed record GraderResult(string Fixture, string Grader, bool Passed, IReadOnlyList<string> ReasonCodes, string Detail = "")
{
    public string Name => $"{Fixture}/{Grader}";

    /// <summary>What context conformance found; null for other graders.</summary>
    public string? Context { get; init; }

    public JsonObject ToJson(string runId)
    {
        var json = new JsonObject
        {
            ["name"] = Name,
            ["status"] = Passed ? "pass" : "fail",
            ["reason_codes"] = ReasonCodes.ToJson(),
        };
        if (Context is not null)
        {
            json["context_conformance"] = Context;
        }

        json["details"] = new JsonObject { ["fixture"] = Fixture, ["run_id"] = runId };
        if (Detail.Length > 0)
        {
            json["details"]!["detail"] = Detail;
        }

        return json;
    }
}
