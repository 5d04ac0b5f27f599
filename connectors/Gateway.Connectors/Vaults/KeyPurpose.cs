namespace Gateway.Connectors.Vaults;

/// <summary>What a key is for. A key serves one purpose only: one that leaks or is misused then opens one door, not all.</summary>
public enum KeyPurpose
{
    Unspecified = 0,

    /// <summary>AES-256-GCM envelopes round every stored secret.</summary>
    DataEncryption = 1,

    /// <summary>HMAC of decision tokens, and nothing else.</summary>
    DecisionSigning = 2,

    /// <summary>The keyed hash under which bearer keys are stored.</summary>
    BearerPepper = 3,

    /// <summary>Signs nothing itself: further keys are derived from it.</summary>
    Master = 4,

    /// <summary>Ed25519 signatures on the heads and seals of the journal: the seed of the key.</summary>
    LogSigning = 5,
}

/// <summary>The setting that each purpose is given in, and the label that it is derived under.</summary>
internal static class KeyPurposes
{
    /// <summary>The purposes that Gateway can't start without.</summary>
    public static IReadOnlyList<KeyPurpose> Required { get; } =
    [KeyPurpose.DataEncryption, KeyPurpose.DecisionSigning, KeyPurpose.BearerPepper, KeyPurpose.LogSigning];

    /// <summary>The setting's name; with <c>_FILE</c> behind it, the name of the setting that says which mounted file holds it.</summary>
    public static string SettingOf(KeyPurpose purpose) =>
        purpose switch
        {
            KeyPurpose.DataEncryption => "DATA_ENCRYPTION_KEY",
            KeyPurpose.DecisionSigning => "DECISION_SIGNING_KEY",
            KeyPurpose.BearerPepper => "BEARER_KEY_PEPPER",
            KeyPurpose.Master => "MASTER_KEY",
            KeyPurpose.LogSigning => "LOG_SIGNING_KEY",
            KeyPurpose.Unspecified => throw new ArgumentOutOfRangeException(nameof(purpose), "A key has a purpose."),
        };

    /// <summary>
    /// The HKDF label, or null for a key that is always given by itself. Labels are distinct and never change: a changed one is
    /// a changed key.
    /// </summary>
    public static string? LabelOf(KeyPurpose purpose) =>
        purpose switch
        {
            KeyPurpose.BearerPepper => "gateway-key-v1/bearer-pepper",
            KeyPurpose.LogSigning => "gateway-key-v1/log-signing",
            KeyPurpose.DataEncryption or KeyPurpose.DecisionSigning or KeyPurpose.Master or KeyPurpose.Unspecified => null,
        };
}
