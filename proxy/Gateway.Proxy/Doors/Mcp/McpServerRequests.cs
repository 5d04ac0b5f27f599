using System.Text.Json;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>What a server may ask of the client, in whose name it then speaks to a model or a person.</summary>
internal static class McpServerRequests
{
    /// <summary>Why a request of the server's doesn't reach the client; null where it may.</summary>
    public static Refusal? RefusalOf(in McpAnswer asked, ReadOnlySpan<byte> message, McpSurface surface) =>
        !McpMethods.TryFind(asked, message, McpEras.Legacy, out var method) ? NotListed("anything else")
        : method.Act == McpAct.Ping ? null
        : RefusalOf(method.Act, Text(asked[McpMember.Mode], message), Text(asked[McpMember.Url], message), surface);

    /// <summary>The same for all that a server asks for in the modern era, in a result.</summary>
    /// <param name="requests">The value of <c>inputRequests</c>.</param>
    public static Refusal? RefusalOf(ReadOnlySpan<byte> requests, McpSurface surface)
    {
        if (!McpInputRequests.TryRead(requests, out var asked))
        {
            return NotListed("something that can't be read");
        }

        foreach (var one in asked)
        {
            if (RefusalOf(one.Act, Text(one.Mode, requests), Text(one.Url, requests), surface) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>
    /// The same for an error, by which a server of the legacy era can send the user to an address; and for what isn't one: a result in its
    /// place would be read as one.
    /// </summary>
    public static Refusal? RefusalOfError(ReadOnlyMemory<byte> message, McpSurface surface)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (root.TryGetProperty("result", out _))
            {
                return new Refusal(ReasonCode.UpstreamFailed, "The server answered with a result where it failed.");
            }

            return
                root.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.Number
                && code.TryGetInt32(out var number)
                && number == McpCodes.UrlElicitationRequired
                ? RefusalOfUrls(error, surface)
                : null;
        }
        catch (JsonException)
        {
            return null; // No client takes it for a message.
        }
    }

    private static Refusal? RefusalOfUrls(JsonElement error, McpSurface surface)
    {
        if (
            !error.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("elicitations", out var elicitations)
            || elicitations.ValueKind != JsonValueKind.Array
        )
        {
            return NotListed("something that can't be read");
        }

        foreach (var elicitation in elicitations.EnumerateArray())
        {
            var url =
                elicitation.ValueKind == JsonValueKind.Object
                && elicitation.TryGetProperty("url", out var address)
                && address.ValueKind == JsonValueKind.String
                    ? address.GetString()!
                    : "";
            if (RefusalOf(McpAct.Elicit, "url", url, surface) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <param name="mode">Of an elicitation; empty for a form.</param>
    /// <param name="url">Where the person is sent to; empty for nowhere.</param>
    private static Refusal? RefusalOf(McpAct act, string mode, string url, McpSurface surface) =>
        !surface.ServerRequests.HasFlag(FlagOf(act)) || FlagOf(act) == ServerRequests.None ? NotListed(WordOf(act))
        : mode == "url" && !IsListed(url, surface)
            ? new Refusal(
                ReasonCode.UnsupportedFeature,
                "The server sends the user to an address that isn't https to one of the connector's elicitationHosts."
            )
        : null;

    private static bool IsListed(string url, McpSurface surface) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
        && address.UserInfo.Length == 0
        && surface.ElicitationHosts.Contains(address.IdnHost);

    private static ServerRequests FlagOf(McpAct act) =>
        act switch
        {
            McpAct.Sample => ServerRequests.Sampling,
            McpAct.Elicit => ServerRequests.Elicitation,
            McpAct.ListRoots => ServerRequests.Roots,
            _ => ServerRequests.None,
        };

    private static string WordOf(McpAct act) =>
        act switch
        {
            McpAct.Sample => "sampling",
            McpAct.Elicit => "elicitation",
            McpAct.ListRoots => "roots",
            _ => "anything else",
        };

    private static Refusal NotListed(string what) =>
        new(
            ReasonCode.UnsupportedFeature,
            $"The server asks the client for {what}, which the connector's serverRequests don't list. What it did before is done."
        );

    private static string Text(McpSlice slice, ReadOnlySpan<byte> message) => slice.IsPresent ? slice.GetText(message) : "";
}
