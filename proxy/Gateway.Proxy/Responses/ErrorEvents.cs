using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>A refusal during a stream: the dialect's own error event, so that a client never takes a cut for an end.</summary>
internal static class ErrorEvents
{
    public static byte[] Of(Door door, ReasonCode reason)
    {
        using var buffer = new MemoryStream();
        buffer.Write(door == Door.OpenAi ? "data: "u8 : "event: error\ndata: "u8);
        RefusalBody.Write(buffer, door, new Refusal(reason), decision: null, decisionId: null);
        buffer.Write("\n\n"u8);
        return buffer.ToArray();
    }
}
