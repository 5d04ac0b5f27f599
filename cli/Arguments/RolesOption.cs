using System.CommandLine;
using System.Text.Json.Nodes;

namespace Gateway.Cli.Arguments;

/// <summary>Operators' roles, parted by commas. Which there are says the Gateway that is asked.</summary>
internal static class RolesOption
{
    public static Option<string> Create(bool required) =>
        new("--roles")
        {
            Description = "Roles, parted by commas, such as viewer,approver.",
            Required = required,
            HelpName = "roles",
        };

    public static JsonArray Read(ParseResult parsed, Option<string> option) =>
        [
            .. (parsed.GetValue(option) ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(role => (JsonNode)role),
        ];
}
