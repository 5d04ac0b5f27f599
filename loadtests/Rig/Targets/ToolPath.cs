namespace Gateway.LoadTests.Targets;

/// <summary>Programs that a machine may lack.</summary>
internal static class ToolPath
{
    private static readonly string[] Folders =
    [
        "/usr/local/sbin",
        "/usr/local/bin",
        "/usr/sbin",
        "/usr/bin",
        "/sbin",
        "/bin",
        "/opt/homebrew/bin",
        "/opt/homebrew/sbin",
    ];

    /// <returns>The first of the usual folders' that has it; null where none does.</returns>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
