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
