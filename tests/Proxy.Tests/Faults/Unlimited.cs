using System.Text.RegularExpressions;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Takes the rates and concurrency out of a governance folder, so that only faults refuse a load. The budgets stay and are charged, with
/// more in them than any test uses up.
/// </summary>
internal static partial class Unlimited
{
    public static void Make(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml"))
        {
            var kept = File.ReadAllLines(file).Where(line => !IsLimit(line.TrimStart()));
            File.WriteAllLines(
                file,
                kept.SelectMany(WithoutDefaults).Select(line => Tokens().Replace(line, "modelTokens: {tokens: 1000000000000"))
            );
        }
    }

    public static Task MakeAsync(string folder, GovernanceReload reload)
    {
        Make(folder);
        return reload.LookAgainAsync(CancellationToken.None);
    }

    /// <summary>An agent whose limits are taken out would get the built-in ones, unless its tenant says that there are none.</summary>
    private static IEnumerable<string> WithoutDefaults(string line) =>
        line.StartsWith("  entitlements:", StringComparison.Ordinal) ? [line, "  agentDefaults: {rate: none, concurrency: none}"] : [line];

    private static bool IsLimit(string line) =>
        line.StartsWith("rate:", StringComparison.Ordinal) || line.StartsWith("concurrency:", StringComparison.Ordinal);

    [GeneratedRegex(@"\bmodelTokens: \{tokens: [0-9]+")]
    private static partial Regex Tokens();
}
