namespace Gateway.Gait.Signals;

/// <summary>What kind of thing a tool does, told by its name.</summary>
/// <param name="Weight">From 1, reading, to 4, destroying.</param>
internal sealed record ToolClass(string Name, int Weight)
{
    private static readonly (ToolClass Class, string[] Words)[] Known =
    [
        (new("destructive", 4), ["delete", "drop", "destroy", "remove", "purge"]),
        (new("write", 3), ["write", "update", "save", "send", "export", "create"]),
        (new("read", 1), ["read", "list", "get", "search", "fetch"]),
    ];

    private static readonly ToolClass Execute = new("execute", 2);

    public static ToolClass Classify(string tool) =>
        Known.FirstOrDefault(known => known.Words.Any(word => tool.Contains(word, StringComparison.OrdinalIgnoreCase))).Class ?? Execute;
}
