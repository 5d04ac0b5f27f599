using System.Collections;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Credentials;

/// <summary>Registers the stage and the sources that it asks.</summary>
public static class CredentialsSetup
{
    public static IServiceCollection AddCredentials(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var options = settings.Bind<CredentialsOptions>("Credentials");
        services
            .AddSingleton(options)
            .AddSingleton<ICredentialSource>(provider => new EncryptedFileVault(
                VaultFolderOf(data),
                provider.GetRequiredService<Envelope>()
            ))
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
