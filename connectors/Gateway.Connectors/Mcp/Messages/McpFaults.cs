using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// The faults that a message can have, each made once. None quotes the message: a text that came from outside stays out of what a model
/// reads.
/// </summary>
public static class McpFaults
{
    public static McpFault NotJson { get; } =
        Parse(
            "Parse error: the body must be JSON that can be read in one way only: UTF-8 without a byte order mark, no name twice in an "
                + "object, no half surrogate pairs, at most 64 levels, nothing behind the value."
        );

    public static McpFault Batch { get; } =
        Invalid("Invalid request: send one JSON-RPC message a request. Batches aren't accepted.", ReasonCode.UnsupportedFeature);

    public static McpFault NotObject { get; } = Invalid("Invalid request: the body must be one JSON-RPC message, which is an object.");

    public static McpFault Unknown { get; } =
        Invalid(
            "Invalid request: beside jsonrpc, id, method and params, or jsonrpc, id and result or error, a message has no members.",
            ReasonCode.UnknownField
        );

    public static McpFault Spelling { get; } =
        Invalid(
            "Invalid request: a member's name could be taken for another one: a name of the specification in another case, or with "
                + "hyphens or underscores. Spell it as the specification does, and send it once.",
            ReasonCode.AmbiguousRequest
        );

    public static McpFault Version { get; } = Invalid("Invalid request: jsonrpc must be there, and be the string \"2.0\".");

    public static McpFault Id { get; } =
        Invalid(
            "Invalid request: an id must be a string of 1 to 256 bytes, or an integer between -(2^53-1) and 2^53-1 without fraction or "
                + "exponent. It is never null."
        );

    public static McpFault Kind { get; } =
        Invalid("Invalid request: a message has a method, or a result, or an error; one of them, and with it only what belongs to it.");

    public static McpFault Shape { get; } = Invalid("Invalid request: method must be a string; params, result and error must be objects.");

    public static McpFault Params { get; } =
        InvalidParams(
            "Invalid params: a member of params has another type than the specification gives it. What isn't said is left out: null says "
                + "nothing.",
            400
        );

    /// <summary>Of a server's message; whoever reads it answers the client with an error of its own.</summary>
    public static McpFault Result { get; } =
        Invalid("Invalid result: a member of the result has another type than the specification gives it. What isn't said is left out.");

    public static McpFault ErrorShape { get; } =
        Invalid("Invalid request: an error must have an integer code and a string message, and may have data.");

    public static McpFault ResponseInModernEra { get; } =
        Invalid(
            "Invalid request: since 2026-07-28 a client sends no responses; answers to the server go as inputResponses with the retry."
        );

    public static McpFault MetaMissing { get; } =
        InvalidParams(
            "Invalid params: a request of 2026-07-28 must have io.modelcontextprotocol/protocolVersion and "
                + "io.modelcontextprotocol/clientCapabilities in params._meta.",
            400
        );

    public static McpFault NameMissing { get; } =
        InvalidParams("Invalid params: what the method acts on isn't named: params lacks it, or it is empty.", 400);

    public static McpFault MethodNotFound { get; } =
        new(
            McpCodes.MethodNotFound,
            "Method not found: the method isn't one of the protocol's in the version spoken.",
            404,
            ReasonCode.UnsupportedFeature
        );

    /// <summary>What the tool, prompt, resource or task that may not be used and the one that doesn't exist both get.</summary>
    /// <param name="kind">Such as <c>tool</c>.</param>
    public static McpFault NotThere(string kind) =>
        new(
            McpCodes.InvalidParams,
            $"Invalid params: unknown {kind}. Those that can be used are in the list.",
            200,
            ReasonCode.UnknownOperation
        );

    /// <summary>Headers that don't say what the body says.</summary>
    /// <param name="text">Which, and what to do.</param>
    public static McpFault HeaderMismatch(string text) =>
        new(McpCodes.HeaderMismatch, "Header mismatch: " + text, 400, ReasonCode.AmbiguousRequest);

    /// <summary>A version that isn't spoken; <see cref="McpFault.WithSupported"/> says which are.</summary>
    /// <param name="requested">What was asked for; only its first 64 characters come back.</param>
    public static McpFault UnsupportedVersion(string requested)
    {
        ArgumentNullException.ThrowIfNull(requested);
        var fault = new McpFault(McpCodes.UnsupportedVersion, "Unsupported protocol version", 400, ReasonCode.UnsupportedFeature)
        {
            Requested = requested.Length > 64 ? requested[..64] : requested,
        };
        return fault.WithSupported([]);
    }

    /// <summary>A refusal for which JSON-RPC has no code: its status is its code, outside of what JSON-RPC reserves.</summary>
    public static McpFault Refused(int status, string text, ReasonCode reason) => new(status, text, 200, reason);

    /// <param name="capabilities">The missing ones, as a <c>ClientCapabilities</c> object in JSON.</param>
    public static McpFault MissingCapability(ReadOnlySpan<byte> capabilities) =>
        new(McpCodes.MissingCapability, "The request needs a capability that the client didn't declare", 400, ReasonCode.UnsupportedFeature)
        {
            Data = (byte[])[.. "{\"requiredCapabilities\":"u8, .. capabilities, (byte)'}'],
        };

    /// <summary>
    /// Sends the user to a page before the call can go on (2025-11-25 only, client/elicitation, "URL Elicitation Required"). For clients
    /// that declared URL elicitation.
    /// </summary>
    /// <param name="elicitations">A JSON array of elicitations in <c>url</c> mode.</param>
    public static McpFault UrlElicitation(ReadOnlySpan<byte> elicitations, string text, ReasonCode reason) =>
        new(McpCodes.UrlElicitationRequired, text, 200, reason) { Data = (byte[])[.. "{\"elicitations\":"u8, .. elicitations, (byte)'}'] };

    private static McpFault Parse(string text) => new(McpCodes.ParseError, text, 400, ReasonCode.MalformedRequest);

    private static McpFault Invalid(string text, ReasonCode reason = ReasonCode.MalformedRequest) =>
        new(McpCodes.InvalidRequest, text, 400, reason);

    private static McpFault InvalidParams(string text, int status) =>
        new(McpCodes.InvalidParams, text, status, ReasonCode.MalformedRequest);
}
