using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Takes the rates and concurrency out of a governance folder, so that only faults refuse a load. The budgets, which no test uses up, stay.
/// </summary>
internal static class Unlimited
{
    public static void Make(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml"))
        {
            var kept = File.ReadAllLines(file).Where(line => !IsLimit(line.TrimStart()));
            File.WriteAllLines(file, kept);
        }
    }

    public static Task MakeAsync(string folder, GovernanceReload reload)
    {
        Make(folder);
        return reload.LookAgainAsync(CancellationToken.None);
    }

    private static bool IsLimit(string line) =>
        line.StartsWith("rate:", StringComparison.Ordinal) || line.StartsWith("concurrency:", StringComparison.Ordinal);
}
