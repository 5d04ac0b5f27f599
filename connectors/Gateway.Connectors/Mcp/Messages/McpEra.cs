using System.Diagnostics.CodeAnalysis;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Tells the era of a client's message by the version that it carries, never by its method: in <c>_meta</c>, in
/// <c>MCP-Protocol-Version</c>, which must agree, or in neither, as the oldest clients have it.
/// </summary>
public static class McpEra
{
    /// <value>The version of the modern era.</value>
    public const string ModernVersion = "2026-07-28";

    /// <value>The legacy era's versions, the newest first. 2024-11-05 has another transport.</value>
    public static IReadOnlyList<string> LegacyVersions { get; } = ["2025-11-25", "2025-06-18", "2025-03-26"];

    /// <summary>
    /// The era, or why the message can't be served: <c>-32020</c> where header and body disagree or the header is missing, <c>-32602</c>
    /// where a modern request lacks what its <c>_meta</c> must have, <c>-32022</c> for a version that isn't spoken, in this order.
    /// </summary>
    /// <param name="header">The value of <c>MCP-Protocol-Version</c>; null for none.</param>
    public static bool TryTell(
        in McpMessage message,
        ReadOnlySpan<byte> body,
        string? header,
        out McpEras era,
        [NotNullWhen(false)] out McpFault? fault
    )
    {
        (era, fault) = (McpEras.None, null);
        var said = message.MetaVersion;
        if (!said.IsPresent && (header is null || IsLegacy(header)))
        {
            era = McpEras.Legacy;
            return true;
        }

        fault = ModernFault(in message, body, said, header);
        era = fault is null ? McpEras.Modern : McpEras.None;
        return fault is null;
    }

    private static McpFault? ModernFault(in McpMessage message, ReadOnlySpan<byte> body, McpSlice said, string? header)
    {
        if (message.Kind is not (MessageKind.Request or MessageKind.Notification))
        {
            return McpFaults.ResponseInModernEra;
        }

        var isRequest = message.Kind == MessageKind.Request;
        if (header is null)
        {
            if (isRequest)
            {
                return McpHeaders.VersionMissing;
            }
        }
        else if (said.IsPresent && !HeaderText.Equals(header, said, body))
        {
            return McpHeaders.VersionDiffers;
        }

        var unspoken =
            said.IsPresent ? (said.TextEquals(body, "2026-07-28"u8) ? null : said.GetText(body))
            : string.Equals(header, ModernVersion, StringComparison.Ordinal) ? null
            : header;
        return unspoken is not null ? McpFaults.UnsupportedVersion(unspoken)
            : isRequest && !(said.IsPresent && message.MetaCapabilities.IsPresent) ? McpFaults.MetaMissing
            : null;
    }

    private static bool IsLegacy(string header)
    {
        foreach (var version in LegacyVersions)
        {
            if (string.Equals(version, header, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
