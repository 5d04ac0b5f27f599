namespace Gateway.Connectors.Vaults;

/// <summary>Keys that Gateway makes for itself in development: one file a purpose, mode 0600, kept from start to start.</summary>
internal static class DevelopmentKeys
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Opens the key made earlier, or makes one. Null where an error was added.</summary>
    public static KeyRing? Open(KeyPurpose purpose, string folder, List<KeyError> errors, List<string> warnings)
    {
        var setting = KeyPurposes.SettingOf(purpose);
        var file = Path.Combine(folder, setting.ToLowerInvariant() + ".key");
        try
        {
            DevelopmentKeyFile.Make(folder, file);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            {
                errors.Add(
                    new KeyError(
                        setting,
                        $"was made in '{file}', which others may read.",
                        $"Run: chmod 600 '{file}', and replace the key if anybody did."
                    )
                );
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(
                new KeyError(
                    setting,
                    $"is not set, and can't be made in '{file}' ({e.GetType().Name}).",
                    "Set it, or let this process write there."
                )
            );
            return null;
        }

        if (KeyFile.Read(setting, file, errors) is not { } text || KeySetting.Parse(setting, text, errors) is not { } keys)
        {
            return null;
        }

        warnings.Add($"{setting} is not set: using the key in '{file}', made for development. Whoever has that file has the key.");
        return new KeyRing(purpose, keys);
    }
}
