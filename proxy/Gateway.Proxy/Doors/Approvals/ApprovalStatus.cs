using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Approvals;

/// <summary>What an agent is shown of its approval: how far it is, and nobody's name.</summary>
internal static class ApprovalStatus
{
    /// <summary>A comment: it says that nothing happened.</summary>
    public static ReadOnlyMemory<byte> Alive { get; } = ":\n\n"u8.ToArray();

    public static ReadingAnswer Answer(ApprovalRecord found)
    {
        using var buffer = new MemoryStream();
        Write(buffer, found);
        return new ReadingAnswer("application/json", buffer.ToArray());
    }

    /// <summary>The same as an event of a stream.</summary>
    public static ReadOnlyMemory<byte> Event(ApprovalRecord found)
    {
        using var buffer = new MemoryStream();
        buffer.Write("event: approval\ndata: "u8);
        Write(buffer, found);
        buffer.Write("\n\n"u8);
        return buffer.ToArray();
    }

    private static void Write(MemoryStream buffer, ApprovalRecord found)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("id", found.Id);
        json.WriteString("state", ApprovalStates.Text(found.State));
        json.WriteNumber("approved_by", found.Votes.Count(vote => vote.Approves));
        json.WriteNumber("needed", found.Needed);
        json.WriteString("expires_at", found.Ends.UtcDateTime);
        json.WriteString("decision_id", found.DecisionId);
        json.WriteEndObject();
    }
}
