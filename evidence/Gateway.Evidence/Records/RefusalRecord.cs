using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>A proven agent was refused before anything was judged: a bad body, a limit, a store that is down.</summary>
public sealed record RefusalRecord : IJournalRecord
{
    public required string RequestId { get; init; }
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required ReasonCode Reason { get; init; }

    /// <summary>For whoever reads the journal; null for none. Never content.</summary>
    public string? Note { get; init; }

    /// <value>How many further ones like it there were within a second of the first; 0 for the first itself.</value>
    public long Repeats { get; init; }

    public RecordType Type => RecordType.Refusal;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("agent"u8, Agent.ToString());
        if (Repeats > 0)
        {
            writer.Member("count"u8, Repeats);
        }

        writer.Member("note"u8, Note);
        writer.Member("reason"u8, Reasons.Of(Reason).Code);
        writer.Member("request_id"u8, RequestId);
        writer.Member("tenant"u8, Tenant.ToString());
        writer.EndObject();
    }
}
