using System.Security.Cryptography;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// New random keys for every purpose that Gateway can't start without, in the form that <see cref="KeyLoader"/> reads. Kept nowhere.
/// </summary>
public static class KeyGenerator
{
    /// <summary>The settings that keys are made for, in the order that they are read in.</summary>
    public static IReadOnlyList<string> Settings { get; } = [.. KeyPurposes.Required.Select(KeyPurposes.SettingOf)];

    /// <summary>One key for each of <see cref="Settings"/>, as <c>&lt;key id&gt;:&lt;base64&gt;</c>.</summary>
    public static IReadOnlyList<(string Setting, Secret Value)> Generate() => [.. Settings.Select(setting => (setting, One()))];

    private static Secret One()
    {
        var bytes = RandomNumberGenerator.GetBytes(NamedKey.Length);
        var key = new NamedKey("k-" + RandomNumberGenerator.GetHexString(8, lowercase: true), bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return new Secret(KeySetting.Format(key));
    }
}
