using System.Text.Json.Nodes;

namespace Gateway.Cli.Explaining;

/// <summary>One line of a comparison: the ways in which the same changed for one agent and operation.</summary>
/// <param name="How">Door and proof of each, with the amount and the hours where they matter.</param>
internal sealed record AccessRow(
    string Direction,
    string Tenant,
    string Agent,
    string Operation,
    IReadOnlyList<string> How,
    string Before,
    string After,
    IReadOnlyList<string> Reasons
)
{
    /// <summary>For a table.</summary>
    public IReadOnlyList<string> Cells =>
        [Direction, $"{Tenant}/{Agent}", Operation, string.Join(", ", How), Before, After, string.Join(", ", Reasons)];

    public JsonObject ToJson() =>
        new()
        {
            ["change"] = Direction,
            ["tenant"] = Tenant,
            ["agent"] = Agent,
            ["operation"] = Operation,
            ["how"] = new JsonArray([.. How.Select(way => (JsonNode)way)]),
            ["before"] = Before,
            ["after"] = After,
            ["reasons"] = new JsonArray([.. Reasons.Select(reason => (JsonNode)reason)]),
        };
}
