namespace Gateway.Connectors.Vaults;

/// <summary>
/// Reads the keys at start: from a setting, from the mounted file that <c>{setting}_FILE</c> names, derived from the master key, or
/// (in development only) made in the data directory. Touches no environment: settings come from the caller.
/// </summary>
public static class KeyLoader
{
    /// <param name="settings">By the names in the documentation, such as <c>DATA_ENCRYPTION_KEY</c>; others are ignored.</param>
    /// <param name="createMissing">Development only. Where false, a missing key is an error.</param>
    /// <param name="dataDirectory">Where made keys lie, in the folder <c>keys</c>.</param>
    public static KeyLoadResult Load(IReadOnlyDictionary<string, string?> settings, bool createMissing, string dataDirectory)
    {
        var errors = new List<KeyError>();
        var warnings = new List<string>();
        var master = Given(KeyPurpose.Master, settings, errors, out _);
        var rings = new List<KeyRing>();
        foreach (var purpose in KeyPurposes.Required)
        {
            var ring = Given(purpose, settings, errors, out var wasSet);
            if (!wasSet)
            {
                ring = UnsetKey.Resolve(purpose, master, createMissing ? Path.Combine(dataDirectory, "keys") : null, errors, warnings);
            }

            if (ring is not null)
            {
                rings.Add(ring);
            }
        }

        errors.AddRange(KeySeparation.Check(master is null ? rings : [master, .. rings]));
        SelfTest(rings, errors);
        return new KeyLoadResult(errors.Count == 0 ? GatewayKeys.From(rings) : null, errors, warnings);
    }

    private static KeyRing? Given(KeyPurpose purpose, IReadOnlyDictionary<string, string?> settings, List<KeyError> errors, out bool wasSet)
    {
        var setting = KeyPurposes.SettingOf(purpose);
        var before = errors.Count;
        var text = KeySettingReader.Read(setting, settings, errors);
        wasSet = text is not null || errors.Count > before;
        return text is not null && KeySetting.Parse(setting, text, errors) is { } keys ? new KeyRing(purpose, keys) : null;
    }

    private static void SelfTest(List<KeyRing> rings, List<KeyError> errors)
    {
        if (rings.Find(r => r.Purpose == KeyPurpose.DataEncryption) is { } ring && !new Envelope(ring).SelfTest())
        {
            errors.Add(
                new KeyError(
                    KeyPurposes.SettingOf(KeyPurpose.DataEncryption),
                    "doesn't open what it sealed.",
                    "The machine's cryptography is broken: don't run here."
                )
            );
        }
    }
}
