using Gateway.Cli.Settings;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Diagnosis;

/// <summary>The files that keys are read from: those that settings name, and those that were made for development.</summary>
internal static class InstanceKeyFiles
{
    public static IReadOnlyList<string> Of(CommandConfiguration configuration, DataOptions data)
    {
        var named = KeysSetup
            .Read(configuration.Values)
            .Where(pair =>
                pair.Key.EndsWith("_KEY_FILE", StringComparison.Ordinal) || pair.Key.EndsWith("_PEPPER_FILE", StringComparison.Ordinal)
            );
        var folder = Path.Combine(data.Path, "keys");
        return
        [
            .. named.Select(pair => pair.Value!).Where(file => file is { Length: > 0 }),
            .. Directory.Exists(folder) ? Directory.GetFiles(folder, "*.key").Order(StringComparer.Ordinal) : Enumerable.Empty<string>(),
        ];
    }
}
