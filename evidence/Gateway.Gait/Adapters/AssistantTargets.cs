using System.Text.Json;

namespace Gateway.Gait.Adapters;

/// <summary>Finds what a call of an assistant's own tools touches, as those mean their arguments.</summary>
internal static class AssistantTargets
{
    private static readonly string[] Paths = ["path", "file_path", "filepath", "file", "notebook_path"];
    private static readonly string[] Tasks = ["task", "prompt", "description"];

    public static IReadOnlyList<ToolCallTarget> Find(string toolName, JsonElement? args) =>
        toolName switch
        {
            "tool.read" =>
            [
                .. First(args, Paths).Select(value => new ToolCallTarget("path", value, "read")),
                .. First(args, ArgumentTargets.Urls).Select(value => new ToolCallTarget("url", value, "read")),
            ],
            "tool.write" => [.. First(args, Paths).Select(value => new ToolCallTarget("path", value, "write"))],
            "tool.exec" => [.. First(args, ArgumentTargets.Commands).Select(value => new ToolCallTarget("other", value, "execute"))],
            "tool.delegate" => [.. First(args, Tasks).Select(value => new ToolCallTarget("other", value, "delegate"))],
            _ => [],
        };

    private static IEnumerable<string> First(JsonElement? args, string[] names) => ArgumentTargets.All(args, names).Take(1);
}
