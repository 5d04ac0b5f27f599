using System.Globalization;
using System.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>Something that requests are judged by changed, or the journal itself. Members that say nothing are left out.</summary>
public sealed record ChangeRecord : IJournalRecord
{
    private static readonly SortedDictionary<string, string> Nothing = new(StringComparer.Ordinal);

    public required GovernedChange Kind { get; init; }

    /// <summary>The credential's public id, the agent's name, the secret's reference, the tenant's for governance; for the journal itself
    /// what it was.</summary>
    public required string Subject { get; init; }

    /// <summary>The governance's digest, the sequence number of the store's change; for the journal itself what it is.</summary>
    public string Revision { get; init; } = "";

    /// <summary>32 hexadecimal digits. Two records of one id are one change: a kill came between its record and the note of that.</summary>
    public string ChangeId { get; init; } = "";

    /// <summary>Who: <c>os:</c> and a user of the operating system.</summary>
    public string By { get; init; } = "";

    /// <summary>The machine, and what ran there.</summary>
    public string From { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>When it was made; the record's own time is when it was recorded.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What was and what is, by the names of its parts. In the order of UTF-8.</summary>
    public SortedDictionary<string, string> Before { get; init; } = Nothing;

    /// <inheritdoc cref="Before"/>
    public SortedDictionary<string, string> After { get; init; } = Nothing;

    /// <summary>What else is to be said of it, a line each: differences by meaning, or errors.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public RecordType Type => RecordType.Change;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        Parts(writer, "after"u8, After);
        if (At is { } at)
        {
            writer.Member("at"u8, at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        Parts(writer, "before"u8, Before);
        Text(writer, "by"u8, By);
        Text(writer, "change_id"u8, ChangeId);
        if (Details.Count > 0)
        {
            writer.Name("details"u8);
            writer.StartArray();
            foreach (var line in Details)
            {
                writer.String(line);
            }

            writer.EndArray();
        }

        Text(writer, "from"u8, From);
        writer.Member("kind"u8, Vocabulary.Change.Utf8(Kind));
        Text(writer, "reason"u8, Reason);
        Text(writer, "revision"u8, Revision);
        writer.Member("subject"u8, Subject);
        writer.EndObject();
    }

    private static void Text(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
        {
            writer.Member(name, text);
        }
    }

    private static void Parts(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, SortedDictionary<string, string> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        writer.Name(name);
        writer.StartObject();
        foreach (var (part, value) in parts)
        {
            writer.Member(Encoding.UTF8.GetBytes(part), value);
        }

        writer.EndObject();
    }
}
