namespace Gateway.Evidence.Records;

/// <summary>What a record is about. The zero value can't be appended.</summary>
public enum RecordType
{
    Unspecified = 0,

    /// <summary>An intent was judged; written before it is acted on.</summary>
    Decision = 1,

    /// <summary>How what was decided ended; written before the answer is complete.</summary>
    Outcome = 2,

    /// <summary>A proven agent was refused before anything was judged.</summary>
    Refusal = 3,

    /// <summary>Requests without a proven tenant, counted.</summary>
    SystemRefusals = 4,

    /// <summary>What was found and mended when the log was opened.</summary>
    Recovery = 5,

    /// <summary>Something that requests are judged by changed.</summary>
    Change = 6,
}

/// <summary>The types' names in records.</summary>
internal static class RecordTypes
{
    /// <exception cref="ArgumentException">The zero value, which is no type.</exception>
    public static ReadOnlySpan<byte> NameOf(RecordType type) =>
        type switch
        {
            RecordType.Unspecified => throw new ArgumentException("A record needs a type.", nameof(type)),
            RecordType.Decision => "decision"u8,
            RecordType.Outcome => "outcome"u8,
            RecordType.Refusal => "refusal"u8,
            RecordType.SystemRefusals => "system_refusals"u8,
            RecordType.Recovery => "recovery"u8,
            RecordType.Change => "change"u8,
        };

    /// <summary>Whether a name could be a type's. A type that isn't known yet passes: a log must open after a roll-back too.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= 32 && name.IndexOfAnyExceptInRange((byte)'_', (byte)'z') < 0 && !name.Contains((byte)'`');
}
