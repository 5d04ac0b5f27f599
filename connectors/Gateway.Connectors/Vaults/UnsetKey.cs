namespace Gateway.Connectors.Vaults;

/// <summary>What becomes of a key that no setting gives: derived from the master key, made for development, or an error.</summary>
internal static class UnsetKey
{
    /// <param name="folder">Where keys for development are made; null where they aren't.</param>
    public static KeyRing? Resolve(KeyPurpose purpose, KeyRing? master, string? folder, List<KeyError> errors, List<string> warnings)
    {
        if (master is not null && KeyPurposes.LabelOf(purpose) is not null)
        {
            return KeyDerivation.Derive(master, purpose);
        }

        var setting = KeyPurposes.SettingOf(purpose);
        if (folder is not null)
        {
            return DevelopmentKeys.Open(purpose, folder, errors, warnings);
        }

        var others = KeyPurposes.LabelOf(purpose) is null ? "" : ", or set MASTER_KEY, from which it is derived";
        var remedy =
            $"Set it, or {setting}_FILE, to '<key id>:<base64 of 32 random bytes>'{others}. Make one with: openssl rand -base64 32";
        errors.Add(new KeyError(setting, "is not set.", remedy));
        return null;
    }
}
