using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Vaults;

namespace Gateway.Proxy.Configuration;

/// <summary>Where this instance keeps what must last. Section <c>Gateway:Data</c>.</summary>
public sealed class DataOptions
{
    /// <value>A folder, created when missing: journal, store, vault and development keys are under it. Default <c>data</c>.</value>
    [Required]
    public string Path { get; set; } = "data";

    /// <value>How many instances of this gateway run. More than one needs a shared state. Default 1; from 1 to 1,000.</value>
    [Range(1, 1000)]
    public int Replicas { get; set; } = 1;
}

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
