namespace Gateway.Connectors.Contracts;

/// <summary>Reads usage out of one answer while it passes. One instance an answer; not thread-safe. Never throws on any bytes.</summary>
public interface IResponseReader
{
    /// <summary>The provider's own counts as far as they have been read.</summary>
    TokenUsage Usage { get; }

    /// <summary>The output as far as it has been read.</summary>
    OutputSeen Seen { get; }

    /// <summary>A whole answer that isn't a stream.</summary>
    void ReadBody(ReadOnlySpan<byte> body);

    /// <summary>One server-sent event, before it goes to the caller.</summary>
    /// <param name="type">The <c>event</c> field; empty when the event has none.</param>
    /// <param name="data">The <c>data</c> fields, joined by line feeds.</param>
    StreamEvent ReadEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data);
}

/// <summary>What to do with an event.</summary>
public enum StreamEvent
{
    Forward = 0,

    /// <summary>The dialect's last event: held until the outcome is recorded.</summary>
    Last = 1,

    /// <summary>Only there because Gateway asked for it.</summary>
    Drop = 2,

    /// <summary>The provider's own error event; it ends the answer too.</summary>
    Error = 3,
}

/// <summary>Tokens used, as the provider counts them; null where it didn't say.</summary>
public readonly record struct TokenUsage(long? Input, long? Output)
{
    public bool IsKnown => Input is not null || Output is not null;

    public long Total => (Input ?? 0) + (Output ?? 0);
}

/// <summary>What has come of an answer's output, in tokens. The zero value says that nothing is known of it.</summary>
/// <param name="IsCounted">Whether the provider has counted all of it: its usage has come, and no output behind it.</param>
/// <param name="ShowsAll">Whether tokens were used for nothing but what can be seen of it: not for thought that stays hidden.</param>
/// <param name="Most">Tokens at most that what has come can be.</param>
/// <param name="Least">Tokens at least.</param>
public readonly record struct OutputSeen(bool IsCounted, bool ShowsAll, long Most, long Least);
