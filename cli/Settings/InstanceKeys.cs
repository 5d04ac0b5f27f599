using Gateway.Connectors.Keys;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Settings;

/// <summary>The instance's keys, checked and apart.</summary>
/// <param name="Warnings">Such as that they were made here, for development.</param>
internal sealed record InstanceKeys(GatewayKeys Keys, Envelope Envelope, IReadOnlyList<string> Warnings)
{
    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    public static InstanceKeys Load(CommandConfiguration configuration, DataOptions data)
    {
        var result = KeyLoader.Load(KeysSetup.Read(configuration.Values), createMissing: configuration.IsDevelopment, data.Path);
        return result.Keys is { } keys
            ? new InstanceKeys(keys, new Envelope(keys.DataEncryption), result.Warnings)
            : throw new ConfigurationException([.. result.Errors.Select(error => error.ToString())]);
    }

    /// <summary>Makes credentials under these keys.</summary>
    public CredentialIssuer Issuer() => new(Envelope, Keys.BearerPepper, TimeProvider.System);
}
