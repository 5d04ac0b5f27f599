using Gateway.Policy.Canonical;

namespace Gateway.Evidence.Records;

/// <summary>Something to be recorded. Immutable.</summary>
public interface IJournalRecord
{
    RecordType Type { get; }

    /// <summary>Writes the body: one object, members in order. Never a secret, never content.</summary>
    void WriteBody(CanonicalJsonWriter writer);
}
