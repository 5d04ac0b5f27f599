using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>Something that requests are judged by changed.</summary>
public sealed record ChangeRecord : IJournalRecord
{
    public required ChangeKind Kind { get; init; }

    /// <summary>The credential's public id, the agent's name, or the tenant's for a snapshot.</summary>
    public required string Subject { get; init; }

    /// <summary>The snapshot's digest, or the sequence number of the store's change.</summary>
    public required string Revision { get; init; }

    public RecordType Type => RecordType.Change;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("kind"u8, RecordNames.Of(Kind));
        writer.Member("revision"u8, Revision);
        writer.Member("subject"u8, Subject);
        writer.EndObject();
    }
}

/// <summary>What changed.</summary>
public enum ChangeKind
{
    Unspecified = 0,
    SnapshotLoaded = 1,
    CredentialAdded = 2,
    CredentialRevoked = 3,
    LifecycleSet = 4,

    /// <summary>How long the log keeps its segments: from the subject to the revision.</summary>
    RetentionSet = 5,

    /// <summary>A segment, whose digest is the revision, was past its retention and is removed.</summary>
    SegmentRemoved = 6,
}
