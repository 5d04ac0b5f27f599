using System.Collections.Frozen;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// Which class of endpoint a target is, where the caller doesn't say: from its kind, its operation and the tool's name. Tables as the
/// format has them.
/// </summary>
internal static class EndpointClasses
{
    private static readonly FrozenDictionary<string, string> PathOperations = Table(
        ("fs.read", "read get list open cat head download stat"),
        ("fs.write", "write append put create update save copy move rename"),
        ("fs.delete", "delete remove rm unlink rmdir drop truncate")
    );

    private static readonly (string Class, string[] Hints)[] PathTools =
    [
        ("fs.read", ["read", "list", "fetch", "search"]),
        ("fs.write", ["write", "update", "save", "create"]),
        ("fs.delete", ["delete", "remove", "rm", "drop"]),
    ];

    private static readonly FrozenDictionary<string, string> NetworkOperations = Table(("net.dns", "dns resolve lookup"));
    private static readonly FrozenDictionary<string, string> OtherOperations = Table(("proc.exec", "exec spawn run shell command"));
    private static readonly (string Class, string[] Hints)[] OtherTools = [("proc.exec", ["exec", "shell", "command", "spawn", "run"])];

    private static readonly FrozenSet<string> DestructiveOperations = "delete remove rm unlink rmdir drop truncate exec spawn"
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static string Infer(string kind, string operation, string toolName) =>
        kind switch
        {
            "path" => PathOperations.GetValueOrDefault(operation) ?? FromTool(toolName, PathTools),
            "host" or "url" => NetworkOperations.GetValueOrDefault(operation, "net.http"),
            "other" => OtherOperations.GetValueOrDefault(operation) ?? FromTool(toolName, OtherTools),
            _ => "other",
        };

    public static bool IsDestructive(string endpointClass, string operation) =>
        endpointClass is "fs.delete" or "proc.exec" || DestructiveOperations.Contains(operation);

    private static string FromTool(string toolName, (string Class, string[] Hints)[] tools)
    {
        var name = toolName[(toolName.TrimEnd('/').LastIndexOf('/') + 1)..];
        foreach (var (endpointClass, hints) in tools)
        {
            if (hints.Any(hint => name.Contains(hint, StringComparison.Ordinal)))
            {
                return endpointClass;
            }
        }

        return "other";
    }

    private static FrozenDictionary<string, string> Table(params (string Class, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Class)))
            .ToFrozenDictionary(r => r.word, r => r.Class, StringComparer.Ordinal);
}
