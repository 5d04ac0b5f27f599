using System.Globalization;
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
            ["state"] = Word(one.State),
            ["agent"] = one.Agent,
            ["gates"] = new JsonArray([.. one.Gates.Select(gate => (JsonNode)gate)]),
            ["needed"] = one.Needed,
            ["asked"] = Moment(one.At),
            ["ends"] = Moment(one.Ends),
            ["decision_id"] = one.DecisionId,
            ["used_by"] = one.UsedBy,
            ["view"] = JsonNode.Parse(one.View),
            ["view_sha256"] = one.ViewDigest,
            ["break_glass"] = one.BrokenGlass is { } glass
                ? new JsonObject
                {
                    ["person"] = glass.Person,
                    ["at"] = Moment(glass.At),
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
                            ["at"] = Moment(vote.At),
                            ["reason"] = vote.Reason,
                        }
                ),
            ]),
        };

    /// <summary>Line by line: what stands first is what to look at first.</summary>
    public static IEnumerable<string> Lines(ApprovalRecord one)
    {
        var yes = one.Votes.Count(vote => vote.Approves);
        yield return $"{one.Id} is {Word(one.State)}: {yes} of {one.Needed} said yes, until {Moment(one.Ends)}.";
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(one.View)!)
        {
            yield return $"  {name}: {Visible(value?.ToJsonString(Plain) ?? "none")}";
        }

        yield return $"  view: {one.ViewDigest}";
        if (one.BrokenGlass is { } glass)
        {
            yield return $"  {Visible(glass.Person)} broke glass at {Moment(glass.At)} for {Visible(glass.Ticket)}: "
                + Visible(glass.Reason);
        }

        foreach (var vote in one.Votes)
        {
            yield return $"  {Visible(vote.Person)} said {(vote.Approves ? "yes" : "no")} at {Moment(vote.At)}: {Visible(vote.Reason)}";
        }
    }

    public static string Word(ApprovalState state) => state.ToString().ToLowerInvariant();

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static System.Text.Json.JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With each character that a terminal doesn't show, or obeys, as <c>\u{…}</c>.</summary>
    internal static string Visible(string text) => VisibleText.Of(text);
}
