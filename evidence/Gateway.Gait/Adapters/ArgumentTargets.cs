using System.Text.Json;

namespace Gateway.Gait.Adapters;

/// <summary>Finds what a call touches from the names of its arguments, where the call doesn't say.</summary>
internal static class ArgumentTargets
{
    private static readonly string[] Paths =
    [
        "path",
        "file_path",
        "filepath",
        "file",
        "filename",
        "directory",
        "dir",
        "source",
        "destination",
    ];
    private static readonly string[] AssistantPaths = ["path", "file_path", "filepath", "file", "notebook_path"];
    private static readonly string[] Urls = ["url", "uri", "endpoint"];
    private static readonly string[] Hosts = ["host", "hostname", "domain"];
    private static readonly string[] Commands = ["command", "cmd", "script"];
    private static readonly string[] Tasks = ["task", "prompt", "description"];

    /// <summary>All paths, URLs, hosts and commands among the arguments.</summary>
    public static IReadOnlyList<ToolCallTarget> Find(string toolName, JsonElement? args) =>
        [
            .. All(args, Paths).Select(value => new ToolCallTarget("path", value, "")),
            .. All(args, Urls).Select(value => new ToolCallTarget("url", value, "")),
            .. All(args, Hosts).Select(value => new ToolCallTarget("host", value, "")),
            .. All(args, Commands).Select(value => new ToolCallTarget("other", value, RunsCommands(toolName) ? "exec" : "")),
        ];

    /// <summary>As the assistant's own tools mean them.</summary>
    public static IReadOnlyList<ToolCallTarget> FindForAssistant(string toolName, JsonElement? args) =>
        toolName switch
        {
            "tool.read" =>
            [
                .. First(args, AssistantPaths).Select(value => new ToolCallTarget("path", value, "read")),
                .. First(args, Urls).Select(value => new ToolCallTarget("url", value, "read")),
            ],
            "tool.write" => [.. First(args, AssistantPaths).Select(value => new ToolCallTarget("path", value, "write"))],
            "tool.exec" => [.. First(args, Commands).Select(value => new ToolCallTarget("other", value, "execute"))],
            "tool.delegate" => [.. First(args, Tasks).Select(value => new ToolCallTarget("other", value, "delegate"))],
            _ => [],
        };

    private static bool RunsCommands(string toolName) =>
        new[] { "exec", "shell", "bash", "command", "spawn", "run", "terminal" }.Any(hint =>
            toolName.Contains(hint, StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<string> First(JsonElement? args, string[] names) => All(args, names).Take(1);

    private static IEnumerable<string> All(JsonElement? args, string[] names) =>
        args is not { ValueKind: JsonValueKind.Object } values
            ? []
            : names
                .Select(name =>
                    values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : ""
                )
                .Where(value => value.Length > 0);
}
