using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Tokens;

/// <summary>A token as the operators' API has it: without its secret.</summary>
internal sealed record TokenView(
    string Id,
    string Name,
    string Operator,
    IReadOnlyList<string> Roles,
    DateTimeOffset At,
    DateTimeOffset Ends
)
{
    public static IReadOnlyList<string> Headings { get; } = ["Id", "Name", "Operator", "Roles", "Ends"];

    public JsonObject Json() =>
        new()
        {
            ["id"] = Id,
            ["name"] = Name,
            ["operator"] = Operator,
            ["roles"] = new JsonArray([.. Roles.Select(role => (JsonNode)role)]),
            ["at"] = InstantText.Of(At),
            ["ends"] = InstantText.Of(Ends),
        };

    public IReadOnlyList<string> Row() =>
        [VisibleText.Of(Id), VisibleText.Of(Name), VisibleText.Of(Operator), VisibleText.Of(string.Join(' ', Roles)), InstantText.Of(Ends)];
}

internal sealed record TokenList(IReadOnlyList<TokenView> Items);

/// <param name="Secret">The token itself, this once.</param>
internal sealed record NewToken(TokenView Token, string Secret);
