namespace Gateway.LoadTests.Targets;

/// <summary>Where the rig reads and writes: under the checkout that it was built in.</summary>
internal static class Artifacts
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "artifacts", "load");

    /// <summary>The gateway.dll that was built beside the rig.</summary>
    public static string Gateway { get; } = Path.Combine(AppContext.BaseDirectory, "gateway.dll");

    public static string PortkeyScript { get; } =
        Path.Combine(Root, "loadtests", "peers", "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");

    public static string BudgetsFile { get; } = Path.Combine(Root, "loadtests", "budgets.json");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new TargetException($"The rig runs inside a checkout: there is no Gateway.sln above {AppContext.BaseDirectory}.");
    }
}
