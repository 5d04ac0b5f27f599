using System.Text.Json;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// The shapes in which Gateway itself answers one message. What a client takes for a login, a lost session or a broken transport keeps its
/// HTTP status; a refusal of what was asked is a result or an error inside a success, or clients would log in anew, give up the session or
/// show nothing (MCP, "Transports" of 2025-11-25 and 2026-07-28). One message only.
/// </summary>
internal sealed class McpReplies : IDoor
{
    private McpFault? _fault;
    private byte[] _id = [];
    private bool _isRead;
    private bool _isModern;
    private int _unansweredStatus = StatusCodes.Status400BadRequest;

    public Door Name => Door.Mcp;

    public string RefusalType => "application/json";

    public ReadOnlySpan<byte> ErrorEventStart => "event: message\ndata: "u8;

    /// <summary>Whether it calls a tool: what is refused of it is told to the model.</summary>
    public bool CallsTool { get; private set; }

    /// <summary>Whether a client would throw away an answer without structured content.</summary>
    public bool HasOutputSchema { get; set; }

    /// <summary>A message was read.</summary>
    /// <param name="id">As it stands in the message; empty where nobody waits for an answer.</param>
    public void Begin(ReadOnlySpan<byte> id, bool isModern, bool callsTool) =>
        (_isRead, _id, _isModern, CallsTool) = (true, id.ToArray(), isModern, callsTool);

    /// <summary>A stream is asked for. A client takes 405 for "there is none" and goes on without.</summary>
    public void BeginStream() => (_isRead, _unansweredStatus) = (true, StatusCodes.Status405MethodNotAllowed);

    /// <summary>What is wrong in the protocol's own words, which the refusal that follows is told in.</summary>
    public Refusal Fail(McpFault fault)
    {
        _fault = fault;
        return new Refusal(fault.Reason, fault.Message);
    }

    public DoorCall? Find(HttpRequest request, string path) => null;

    public int StatusOf(int status) =>
        _fault is { } fault ? fault.StatusIn(_isModern ? McpEras.Modern : McpEras.Legacy)
        : IsTransports(status) ? status
        : !_isRead ? (status == StatusCodes.Status403Forbidden ? StatusCodes.Status400BadRequest : status)
        : _id.Length > 0 ? StatusCodes.Status200OK
        : status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound ? _unansweredStatus
        : status;

    public void WriteRefusal(Utf8JsonWriter json, in RefusalText refusal)
    {
        WriteStart(json);
        if (CallsTool && _fault is null && !IsTransports(refusal.Status))
        {
            WriteToolResult(json, refusal.Message, isError: true);
            WriteDecision(json, refusal);
            json.WriteEndObject();
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject("error");
        json.WriteNumber("code", _fault?.Code ?? refusal.Status);
        json.WriteString("message", _fault?.Message ?? refusal.Message);
        if (_fault is { Data.IsEmpty: false } said)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(said.Data.Span);
        }
        else if (_fault is null)
        {
            json.WriteStartObject("data");
            WriteDecision(json, refusal);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A tool's result can be told as if; a list, a prompt or a resource can't be made up.</summary>
    public bool CanAnswerAsIf(Intent intent, bool stream) => CallsTool;

    public void WriteDryRun(Utf8JsonWriter json, Intent intent, string id)
    {
        WriteStart(json);
        WriteToolResult(json, $"Dry run: {intent.Connector}/{intent.Operation} was not sent, so nothing was done.", HasOutputSchema);
        DryRunDetail.Write(json, "gateway/dry-run", intent);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>It stands in the result: clients refuse a message with members that JSON-RPC doesn't have.</summary>
    public void WriteDryRunDetail(Utf8JsonWriter json, Intent intent) { }

    /// <summary>Nobody is proven, or nothing happened and the same may be sent again: for the transport to handle.</summary>
    private static bool IsTransports(int status) => status is StatusCodes.Status401Unauthorized or StatusCodes.Status503ServiceUnavailable;

    private void WriteStart(Utf8JsonWriter json)
    {
        json.WriteString("jsonrpc", "2.0");
        if (_id.Length > 0)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(_id);
        }
    }

    private static void WriteDecision(Utf8JsonWriter json, in RefusalText refusal)
    {
        json.WriteStartObject("gateway/decision");
        refusal.WriteDetail(json);
        json.WriteEndObject();
    }

    /// <summary>Begins a tool's result, up to the members of its <c>_meta</c>.</summary>
    private void WriteToolResult(Utf8JsonWriter json, string text, bool isError)
    {
        json.WriteStartObject("result");
        if (_isModern)
        {
            json.WriteString("resultType", "complete");
        }

        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("isError", isError);
        json.WriteStartObject("_meta");
    }
}
