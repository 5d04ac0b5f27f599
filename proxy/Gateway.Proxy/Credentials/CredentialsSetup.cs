using System.Collections;
using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Credentials;

/// <summary>How secrets for the outside are fetched. Section <c>Gateway:Credentials</c>.</summary>
public sealed class CredentialsOptions
{
    /// <value>How long a secret is held in memory. Default 60 s, which is also the most; from 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Cache { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>How long a source may take. Default 2 s; from 100 ms to 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>The folder of mounted secrets, provider <c>files</c>; empty for none. Default empty.</value>
    public string MountedFiles { get; set; } = "";
}

/// <summary>Registers the stage and the sources that it asks.</summary>
public static class CredentialsSetup
{
    public static IServiceCollection AddCredentials(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var options = settings.Bind<CredentialsOptions>("Credentials");
        services
            .AddSingleton(options)
            .AddSingleton(provider => new EncryptedFileVault(VaultFolderOf(data), provider.GetRequiredService<Envelope>()))
            .AddSingleton<ICredentialSource>(provider => provider.GetRequiredService<EncryptedFileVault>())
            .AddSingleton<ICredentialSource>(new EnvironmentSource(Variables()));
        if (options.MountedFiles.Length > 0)
        {
            services.AddSingleton<ICredentialSource>(new MountedFileSource(options.MountedFiles));
        }

        return services.AddSingleton<CredentialSources>().AddSingleton<CredentialStage>().AddSingleton<Tripwire>();
    }

    /// <summary>Where the encrypted local vault is.</summary>
    public static string VaultFolderOf(DataOptions data) => Path.Combine(data.Path, "vault");

    /// <summary>
    /// As they are, and not through the configuration: it makes one entry of two variables whose names differ in case only, with the name
    /// of the one and the value of the other. These may be two tenants' (<see cref="EnvironmentSource.PrefixOf"/>).
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string?>> Variables()
    {
#pragma warning disable RS0030 // No settings.
        return Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value));
#pragma warning restore RS0030
    }
}
