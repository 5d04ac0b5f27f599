using System.Collections.Frozen;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>
/// Header fields by name without a new string for each: a look-up wants a string, and a component's name is a slice of
/// <c>Signature-Input</c>.
/// </summary>
internal static class FieldNames
{
    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        StringComparer.Ordinal,
        "content-digest",
        "gateway-tenant",
        "gateway-workspace",
        "gateway-agent",
        "gateway-session",
        "gateway-approval",
        "gateway-child",
        "content-type",
        "content-length",
        "accept",
        "accept-language",
        "idempotency-key",
        "prefer",
        "date",
        "user-agent",
        "anthropic-version",
        "anthropic-beta",
        "mcp-session-id",
        "mcp-protocol-version",
        "mcp-method",
        "mcp-name",
        "last-event-id"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Common.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var known) ? known : name.ToString();
}
