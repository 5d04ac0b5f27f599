using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Credentials;

/// <summary>Registers the room and the sources that it asks.</summary>
public static class CredentialsSetup
{
    public static IServiceCollection AddCredentials(this IServiceCollection services, Settings settings, DataOptions data)
    {
        var options = settings.Bind<CredentialsOptions>("Credentials");
        services
            .AddSingleton(options)
            .AddSingleton<ICredentialSource>(provider => new EncryptedFileVault(VaultFolderOf(data), provider.GetRequiredService<Envelope>()))
            .AddSingleton<ICredentialSource>(new EnvironmentSource(settings.Configuration.GetChildren().Select(s => KeyValuePair.Create(s.Key, s.Value))));
        if (options.MountedFiles.Length > 0)
        {
            services.AddSingleton<ICredentialSource>(new MountedFileSource(options.MountedFiles));
        }

        return services
            .AddSingleton<CredentialSources>()
            .AddSingleton<CredentialRoom>()
            .AddSingleton<Tripwire>();
    }

    /// <summary>Where the encrypted local vault is.</summary>
    public static string VaultFolderOf(DataOptions data) => Path.Combine(data.Path, "vault");
}
