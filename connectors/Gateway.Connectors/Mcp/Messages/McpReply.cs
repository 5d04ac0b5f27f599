using System.Buffers;
using System.Text.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Writes the messages that Gateway answers by itself, as UTF-8 JSON. Nothing but JSON that the caller gives can bring a line break into
/// it, so that each can be the data of an event. An id comes back as it came; what had none is answered without one, never with null,
/// which the specification's schema doesn't know.
/// </summary>
public static class McpReply
{
    /// <value>Where a refused call says which decision it was: a member of the result's <c>_meta</c>.</value>
    public const string DecisionMember = "gateway/decision";

    /// <summary>A JSON-RPC error.</summary>
    /// <param name="id">The request's, as it stands in the message; empty where it had none that could be read.</param>
    public static void Error(IBufferWriter<byte> output, ReadOnlySpan<byte> id, McpFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        using var writer = Begin(output, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, fault.Code);
        writer.WriteString("message"u8, fault.Message);
        if (!fault.Data.IsEmpty)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(fault.Data.Span);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A result that somebody else wrote.</summary>
    /// <param name="id">The request's, as it stands in the message.</param>
    /// <param name="result">One JSON object; in the modern era with its <c>resultType</c>.</param>
    /// <exception cref="ArgumentException">The id is empty: only a request gets a result.</exception>
    public static void Result(IBufferWriter<byte> output, ReadOnlySpan<byte> id, ReadOnlySpan<byte> result)
    {
        using var writer = Begin(output, Required(id));
        writer.WritePropertyName("result"u8);
        writer.WriteRawValue(result);
        writer.WriteEndObject();
    }

    /// <summary>A result that says nothing but that it was done.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static void Done(IBufferWriter<byte> output, ReadOnlySpan<byte> id, McpEras era) =>
        Result(output, id, era == McpEras.Modern ? "{\"resultType\":\"complete\"}"u8 : "{}"u8);

    /// <summary>
    /// What a refused or failed <c>tools/call</c> gets: a result with <c>isError</c>, so that the model reads why, and no client throws it
    /// away for lacking <c>structuredContent</c>.
    /// </summary>
    /// <param name="text">For the model: what was refused, why, and what to do.</param>
    /// <param name="decision">Detail for programs, one JSON value; empty for none.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static void FailedCall(IBufferWriter<byte> output, ReadOnlySpan<byte> id, McpEras era, string text, ReadOnlySpan<byte> decision)
    {
        using var writer = Begin(output, Required(id));
        writer.WriteStartObject("result"u8);
        WriteType(writer, era, "complete"u8);
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteBoolean("isError"u8, true);
        if (!decision.IsEmpty)
        {
            writer.WriteStartObject("_meta"u8);
            writer.WritePropertyName(DecisionMember);
            writer.WriteRawValue(decision);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Asks the client for something before the request can go on (modern era, <c>patterns/mrtr</c>).</summary>
    /// <param name="inputRequests">One JSON object of requests by key; empty for none.</param>
    /// <param name="requestState">What the retry must bring back; null for nothing.</param>
    /// <exception cref="ArgumentException">The id is empty, or neither is given: the specification wants at least one.</exception>
    public static void InputRequired(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> inputRequests,
        string? requestState
    )
    {
        if (inputRequests.IsEmpty && requestState is null)
        {
            throw new ArgumentException("Say what is asked for, or give the state to bring back.", nameof(inputRequests));
        }

        using var writer = Begin(output, Required(id));
        writer.WriteStartObject("result"u8);
        WriteType(writer, McpEras.Modern, "input_required"u8);
        if (!inputRequests.IsEmpty)
        {
            writer.WritePropertyName("inputRequests"u8);
            writer.WriteRawValue(inputRequests);
        }

        if (requestState is not null)
        {
            writer.WriteString("requestState"u8, requestState);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Required(ReadOnlySpan<byte> id) =>
        id.IsEmpty ? throw new ArgumentException("Only a request with an id gets a result.", nameof(id)) : id;

    private static void WriteType(Utf8JsonWriter writer, McpEras era, ReadOnlySpan<byte> type)
    {
        if (era == McpEras.Modern)
        {
            writer.WriteString("resultType"u8, type); // Without it a modern client can't tell how to read the result.
        }
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> output, ReadOnlySpan<byte> id)
    {
        var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        if (!id.IsEmpty)
        {
            writer.WritePropertyName("id"u8);
            writer.WriteRawValue(id);
        }

        return writer;
    }
}
