using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>Requests without a proven tenant, counted over a while: one record however many there were.</summary>
public sealed record SystemRefusals : IJournalRecord
{
    /// <summary>The second that the count is of; a count that couldn't be written keeps its own.</summary>
    public required DateTimeOffset Second { get; init; }

    public required IReadOnlyList<RefusalCount> Counts { get; init; }

    public RecordType Type => RecordType.SystemRefusals;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        Span<byte> time = stackalloc byte[RecordTime.Length];
        RecordTime.Write(Second, time);
        writer.StartObject();
        writer.Name("counts"u8);
        writer.StartArray();
        foreach (var count in Counts)
        {
            writer.StartObject();
            writer.Member("count"u8, count.Count);
            writer.Member("reason"u8, Reasons.Of(count.Reason).Code);
            writer.Member("source"u8, count.Source);
            writer.EndObject();
        }

        writer.EndArray();
        writer.Member("second"u8, time);
        writer.EndObject();
    }
}

/// <param name="Source">The address that they came from, or <c>other</c>.</param>
public readonly record struct RefusalCount(ReasonCode Reason, string Source, long Count);
