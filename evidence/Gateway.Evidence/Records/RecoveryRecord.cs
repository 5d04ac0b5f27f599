using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>What was found and mended when a log was opened after a crash.</summary>
public sealed record RecoveryRecord : IJournalRecord
{
    /// <value>The most ids that are listed; each decision has an outcome record of its own behind this one.</value>
    public const int MaxListed = 1000;

    /// <value>Bytes of an incomplete last record; 0 for none.</value>
    public required long BytesCut { get; init; }

    /// <summary>Decisions without an outcome, in order.</summary>
    public required IReadOnlyList<string> OutcomeUnknown { get; init; }

    public RecordType Type => RecordType.Recovery;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("bytes_cut"u8, BytesCut);
        writer.Name("outcome_unknown"u8);
        writer.StartArray();
        foreach (var id in OutcomeUnknown.Take(MaxListed))
        {
            writer.String(id.AsSpan());
        }

        writer.EndArray();
        writer.Member("outcome_unknown_count"u8, OutcomeUnknown.Count);
        writer.EndObject();
    }
}
