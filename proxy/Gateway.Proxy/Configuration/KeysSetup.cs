using Gateway.Connectors.Vaults;

namespace Gateway.Proxy.Configuration;

/// <summary>Loads Gateway's own keys, checks that they are apart and work, and registers them.</summary>
public static class KeysSetup
{
    public static IServiceCollection AddKeys(
        this IServiceCollection services,
        Settings settings,
        DataOptions data,
        IHostEnvironment environment
    )
    {
        var result = KeyLoader.Load(Read(settings.Configuration), createMissing: environment.IsDevelopment(), data.Path);
        foreach (var error in result.Errors)
        {
            settings.Report(error.ToString());
        }

        foreach (var warning in result.Warnings)
        {
            settings.Warn(warning);
        }

        return result.Keys is { } keys ? services.AddSingleton(keys).AddSingleton(new Envelope(keys.DataEncryption)) : services;
    }

    /// <summary>The settings that keys are read from: upper-case names at the top, from the environment or any other source.</summary>
    public static IReadOnlyDictionary<string, string?> Read(IConfiguration configuration) =>
        configuration
            .GetChildren()
            .Where(s =>
                s.Key.EndsWith("_KEY", StringComparison.Ordinal)
                || s.Key.EndsWith("_PEPPER", StringComparison.Ordinal)
                || s.Key.EndsWith("_FILE", StringComparison.Ordinal)
            )
            .ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
}
