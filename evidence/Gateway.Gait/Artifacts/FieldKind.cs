namespace Gateway.Gait.Artifacts;

/// <summary>What a field of an artifact must hold.</summary>
internal enum FieldKind
{
    /// <summary>Nothing does.</summary>
    None = 0,
    Text,

    /// <summary>Text that isn't empty.</summary>
    Word,
    Time,

    /// <summary>SHA-256 in hexadecimal.</summary>
    Digest,

    /// <summary><c>run_</c> and letters, digits, <c>_</c> and <c>-</c>.</summary>
    RunId,

    /// <summary>A whole number, not negative.</summary>
    Count,
    Number,
    Flag,
    Object,
    Objects,
    Texts,
}
