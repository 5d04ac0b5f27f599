using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>Why an action was refused and who could approve it, for programs.</summary>
internal static class ReasonJson
{
    public static JsonNode Of(ReasonCode code)
    {
        var reason = Reasons.Of(code);
        return new JsonObject
        {
            ["code"] = reason.Code,
            ["message"] = reason.Message,
            ["remedy"] = reason.Remedy,
            ["threats"] = new JsonArray([.. Threats.Of(code).Select(threat => (JsonNode)threat.Id)]),
        };
    }

    public static JsonNode Of(ApprovalGate gate, int atLeast) =>
        new JsonObject
        {
            ["gate"] = gate.Name,
            ["groups"] = new JsonArray([.. gate.ApproverGroups.Select(text => (JsonNode)text)]),
            ["quorum"] = Math.Max(gate.Quorum, atLeast),
            ["source"] = gate.Source.ToString(),
        };
}
