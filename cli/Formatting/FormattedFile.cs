using System.Text.Json.Nodes;
using Gateway.Cli.Results;

namespace Gateway.Cli.Formatting;

/// <summary>What formatting a file came to.</summary>
/// <param name="Before">Its text as it is.</param>
/// <param name="After">Its text in the one layout; null where it can't be given one.</param>
internal sealed record FormattedFile(string Path, string Before, string? After, IReadOnlyList<CommandError> Errors)
{
    public bool IsChanged => After is not null && After != Before;

    public JsonNode ToJson(bool written, bool diff)
    {
        var json = new JsonObject
        {
            ["path"] = Path,
            ["changed"] = IsChanged,
            ["written"] = written && IsChanged,
            ["formatted"] = After is not null,
        };
        if (diff && IsChanged)
        {
            json["diff"] = string.Join('\n', UnifiedDiff.Of(Path, Before, After!));
        }

        return json;
    }
}
