using System.Text.Json.Nodes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>How an approval is shown: whole, and with everything spelt out that would hide or turn round what it says.</summary>
internal static class ApprovalView
{
    public static JsonObject Json(ApprovalRecord one) =>
        new()
        {
            ["id"] = one.Id,
            ["state"] = ApprovalStates.Text(one.State),
            ["agent"] = one.Agent,
            ["gates"] = new JsonArray([.. one.Gates.Select(gate => (JsonNode)gate)]),
            ["needed"] = one.Needed,
            ["asked"] = InstantText.Of(one.At),
            ["ends"] = InstantText.Of(one.Ends),
            ["decision_id"] = one.DecisionId,
            ["used_by"] = one.UsedBy,
            ["view"] = one.View.Length == 0 ? null : JsonNode.Parse(one.View),
            ["view_sha256"] = one.ViewDigest,
            ["break_glass"] = one.BrokenGlass is { } glass
                ? new JsonObject
                {
                    ["person"] = glass.Person,
                    ["at"] = InstantText.Of(glass.At),
                    ["reason"] = glass.Reason,
                    ["ticket"] = glass.Ticket,
                }
                : null,
            ["votes"] = new JsonArray([
                .. one.Votes.Select(vote =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["person"] = vote.Person,
                            ["approves"] = vote.Approves,
                            ["at"] = InstantText.Of(vote.At),
                            ["reason"] = vote.Reason,
                        }
                ),
            ]),
        };

    /// <summary>Line by line: what stands first is what to look at first.</summary>
    public static IEnumerable<string> Lines(ApprovalRecord one)
    {
        var yes = one.Votes.Count(vote => vote.Approves);
        yield return $"{one.Id} is {ApprovalStates.Text(one.State)}: {yes} of {one.Needed} said yes, until {InstantText.Of(one.Ends)}.";
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(one.View)!)
        {
            yield return $"  {name}: {VisibleText.Of(value?.ToJsonString(Plain) ?? "none")}";
        }

        yield return $"  view: {one.ViewDigest}";
        if (one.BrokenGlass is { } glass)
        {
            yield return $"  {VisibleText.Of(glass.Person)} broke glass at {InstantText.Of(glass.At)} for {VisibleText.Of(glass.Ticket)}: "
                + VisibleText.Of(glass.Reason);
        }

        foreach (var vote in one.Votes)
        {
            var said = vote.Approves ? "yes" : "no";
            yield return $"  {VisibleText.Of(vote.Person)} said {said} at {InstantText.Of(vote.At)}: {VisibleText.Of(vote.Reason)}";
        }
    }

    private static System.Text.Json.JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
