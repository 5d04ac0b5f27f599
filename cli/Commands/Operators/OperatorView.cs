using System.Text.Json.Nodes;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Operators;

/// <summary>An operator as the operators' API has them.</summary>
internal sealed record OperatorView(
    string Name,
    string Person,
    IReadOnlyList<string> Roles,
    bool Suspended,
    bool HasPassword,
    DateTimeOffset At,
    DateTimeOffset? BreakGlassUntil = null
)
{
    public static IReadOnlyList<string> Headings { get; } = ["Name", "Person", "Roles", "Suspended", "Signs in"];

    public JsonObject Json() =>
        new()
        {
            ["name"] = Name,
            ["person"] = Person,
            ["roles"] = new JsonArray([.. Roles.Select(role => (JsonNode)role)]),
            ["suspended"] = Suspended,
            ["has_password"] = HasPassword,
            ["break_glass_until"] = BreakGlassUntil is { } until ? InstantText.Of(until) : null,
            ["at"] = InstantText.Of(At),
        };

    public IReadOnlyList<string> Row() =>
        [VisibleText.Of(Name), VisibleText.Of(Person), RolesText(), Suspended ? "yes" : "no", HasPassword ? "yes" : "no"];

    public string Line() =>
        $"{VisibleText.Of(Name)}, who is {VisibleText.Of(Person)}: {RolesText()}"
        + (BreakGlassUntil is { } until ? $" (break-glass until {InstantText.Of(until)})" : "")
        + (HasPassword ? "" : "; can't sign in, for want of a password")
        + (Suspended ? "; suspended." : ".");

    private string RolesText() => VisibleText.Of(string.Join(' ', Roles));
}

internal sealed record OperatorList(IReadOnlyList<OperatorView> Items);
