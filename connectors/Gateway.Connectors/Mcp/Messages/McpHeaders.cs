using System.Diagnostics.CodeAnalysis;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Holds the headers that mirror a message against its body (2026-07-28, streamable-http, "Request Metadata"). Whatever stands between
/// client and server may go by the headers, so a body that says something else would pass by it. Pure.
/// </summary>
public static class McpHeaders
{
    public const string Version = "MCP-Protocol-Version";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";
    public const string ParamPrefix = "Mcp-Param-";

    internal static McpFault VersionMissing { get; } = Lacks(Version, "params._meta[\"io.modelcontextprotocol/protocolVersion\"]");

    internal static McpFault VersionDiffers { get; } = Differs(Version, "params._meta[\"io.modelcontextprotocol/protocolVersion\"]");

    private static readonly McpFault MethodMissing = Lacks(Method, "method");
    private static readonly McpFault MethodDiffers = Differs(Method, "method");
    private static readonly McpFault NameMissing = Lacks(Name, "params.name, params.uri or params.taskId");
    private static readonly McpFault NameDiffers = Differs(Name, "params.name, params.uri or params.taskId");
    private static readonly McpFault Twice = McpFaults.HeaderMismatch("a header came twice. Send each Mcp-* header once.");

    /// <summary>
    /// Whether the headers say what the body says. A request of the modern era must have all that belong to its method; a notification
    /// needs none, and the legacy era none either: what they send all the same must agree. The version is <see cref="McpEra"/>'s to check.
    /// </summary>
    /// <param name="method">The one that <see cref="McpMethods"/> found: a method that doesn't exist is told so, whatever its headers
    /// say.</param>
    /// <param name="parameters">What the tool's pinned schema mirrors; empty for none. Other <c>Mcp-Param-*</c> are nobody's here.</param>
    public static bool TryAgree(
        in McpMessage message,
        ReadOnlySpan<byte> body,
        McpMethod method,
        McpEras era,
        in McpHeaderLines lines,
        ReadOnlySpan<McpParamHeader> parameters,
        [NotNullWhen(false)] out McpFault? fault
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        var mustHave = era != McpEras.Legacy && message.Kind != MessageKind.Notification;
        fault = lines.HasTwice
            ? Twice
            : (MethodFault(in message, body, lines.Method, mustHave) ?? NameFault(in message, body, method, lines.Name, mustHave));
        foreach (var parameter in parameters)
        {
            fault ??= ParamFault(in message, body, parameter, lines.FindParam(parameter.Name), mustHave);
        }

        return fault is null;
    }

    /// <summary>
    /// Makes the headers of a body anew, after it was changed. Only in the modern era; the version is the body's own.
    /// </summary>
    /// <param name="message">Read from the changed body.</param>
    /// <param name="output">Where they are put; what stands there stays.</param>
    public static void Write(
        in McpMessage message,
        ReadOnlySpan<byte> body,
        McpMethod method,
        ReadOnlySpan<McpParamHeader> parameters,
        ICollection<KeyValuePair<string, string>> output
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(output);
        if (message.MetaVersion.IsPresent)
        {
            output.Add(KeyValuePair.Create(Version, message.MetaVersion.GetText(body)));
        }

        output.Add(KeyValuePair.Create(Method, method.Name));
        if (method.HasNameHeader)
        {
            output.Add(KeyValuePair.Create(Name, HeaderValues.Of(body, message[method.Subject])!));
        }

        foreach (var parameter in parameters)
        {
            if (HeaderValues.Of(body, parameter.Find(body, message.Arguments)) is { } value)
            {
                output.Add(KeyValuePair.Create(parameter.Header, value));
            }
        }
    }

    private static McpFault? MethodFault(in McpMessage message, ReadOnlySpan<byte> body, string? header, bool mustHave) =>
        header is null ? (mustHave ? MethodMissing : null)
        : HeaderText.Equals(header, message.Method, body) ? null
        : MethodDiffers;

    private static McpFault? NameFault(in McpMessage message, ReadOnlySpan<byte> body, McpMethod method, string? header, bool mustHave) =>
        !method.HasNameHeader ? null
        : header is null ? (mustHave ? NameMissing : null)
        : HeaderValues.Agree(header, body, message[method.Subject], McpParamType.Text) ? null
        : NameDiffers;

    private static McpFault? ParamFault(
        in McpMessage message,
        ReadOnlySpan<byte> body,
        McpParamHeader parameter,
        string? header,
        bool mustHave
    )
    {
        var value = parameter.Find(body, message.Arguments);
        return header is null ? (mustHave && value.IsPresent ? Lacks(parameter.Header, "params.arguments" + parameter.Pointer) : null)
            : HeaderValues.Agree(header, body, value, parameter.Type) ? null
            : Differs(parameter.Header, "params.arguments" + parameter.Pointer);
    }

    private static McpFault Lacks(string header, string place) =>
        McpFaults.HeaderMismatch(
            $"the request has no {header}, which must say what {place} in the body says. List the tools anew, and send it."
        );

    private static McpFault Differs(string header, string place) =>
        McpFaults.HeaderMismatch($"{header} isn't what {place} in the body says. Send the same, or in =?base64?…?= its UTF-8.");
}
