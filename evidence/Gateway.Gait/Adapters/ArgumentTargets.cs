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
    public static readonly string[] Urls = ["url", "uri", "endpoint"];
    private static readonly string[] Hosts = ["host", "hostname", "domain"];
    public static readonly string[] Commands = ["command", "cmd", "script"];

    /// <summary>All paths, URLs, hosts and commands among the arguments.</summary>
    public static IReadOnlyList<ToolCallTarget> Find(string toolName, JsonElement? args) =>
        [
            .. All(args, Paths).Select(value => new ToolCallTarget("path", value, "")),
            .. All(args, Urls).Select(value => new ToolCallTarget("url", value, "")),
            .. All(args, Hosts).Select(value => new ToolCallTarget("host", value, "")),
            .. All(args, Commands).Select(value => new ToolCallTarget("other", value, RunsCommands(toolName) ? "exec" : "")),
        ];

    private static bool RunsCommands(string toolName) =>
        new[] { "exec", "shell", "bash", "command", "spawn", "run", "terminal" }.Any(hint =>
            toolName.Contains(hint, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The texts of these arguments, in this order; what isn't there or is empty is left out.</summary>
    public static IEnumerable<string> All(JsonElement? args, string[] names) =>
        args is not { ValueKind: JsonValueKind.Object } values
            ? []
            : names
                .Select(name =>
                    values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : ""
                )
                .Where(value => value.Length > 0);
}
