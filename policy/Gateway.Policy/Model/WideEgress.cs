using Gateway.Cel.Values;

namespace Gateway.Policy.Model;

/// <summary>
/// Which connectors, and which channels that tell people, can reach addresses that aren't public, and so need
/// <see cref="Entitlement.WideEgress"/>: one with an address written out that isn't public, and an internal one with a name, which may
/// stand for such an address. An external name never may: each connection is looked at when it is made. There are no wildcards in an
/// egress list, and so nothing else that is wide.
/// </summary>
public static class WideEgress
{
    /// <summary>The field of its document by which it can: <c>baseAddress</c>, <c>egress</c>, <c>scope</c>; null where it can't.</summary>
    public static string? FieldOf(Connector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        foreach (var authority in connector.Egress)
        {
            switch (SpaceOf(authority))
            {
                case null when connector.Scope == TargetScope.Internal:
                    return "scope";
                case AddressSpace.Private or AddressSpace.Reserved:
                    return IsOf(connector.BaseAddress, authority) ? "baseAddress" : "egress";
                case AddressSpace.Public or null:
                    break;
            }
        }

        return null;
    }

    /// <summary>The same of a channel: <c>url</c>, <c>smtp.host</c>, <c>scope</c>; null where it can't.</summary>
    public static string? FieldOf(NotificationChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var host = channel.Url is { } url ? url.Plain?.Host : channel.Smtp?.Host;
        return
            (host is null ? null : SpaceOf(host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host))
                is { } space
                    and not AddressSpace.Public
            ? channel.Smtp is null
                ? "url"
                : "smtp.host"
            : channel.Scope == TargetScope.Internal
                ? "scope"
                : null;
    }

    /// <summary>
    /// Whether a channel's secret address, which no document shows, may be connected to: one that is written out must be public, or of
    /// one's own network where the channel is internal, which is then entitled. Names are looked at when the connection is made.
    /// </summary>
    public static bool Allows(NotificationChannel channel, Uri secret)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(secret);
        return (SpaceOf(secret.Authority) ?? AddressSpace.Public) switch
        {
            AddressSpace.Public => true,
            AddressSpace.Private => channel.Scope == TargetScope.Internal,
            AddressSpace.Reserved => false,
        };
    }

    /// <summary>Of an address that is written out; null for a name. What can't be told is reserved.</summary>
    /// <param name="authority"><c>host:port</c>, in any spelling that a connection is made by.</param>
    public static AddressSpace? SpaceOf(string authority)
    {
        if (!Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var address))
        {
            return AddressSpace.Reserved;
        }

        return address.HostNameType switch
        {
            UriHostNameType.Dns => null,
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => SpaceOfLiteral(address.Host.Trim('[', ']')),
            _ => AddressSpace.Reserved,
        };
    }

    private static AddressSpace SpaceOfLiteral(string text)
    {
        Span<byte> bytes = stackalloc byte[CelAddress.MaxBytes];
        return CelAddress.TryParse(WithoutDots(text)) is { } address
            ? AddressSpaces.Of(bytes[..address.CopyTo(bytes)])
            : AddressSpace.Reserved;
    }

    /// <summary>The same IPv6 address with hexadecimal groups in place of the IPv4 form that it may end in.</summary>
    private static string WithoutDots(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !text.Contains('.', StringComparison.Ordinal) || CelAddress.TryParse(text[(colon + 1)..]) is not { } inner)
        {
            return text;
        }

        Span<byte> bytes = stackalloc byte[CelAddress.MaxBytes];
        inner.CopyTo(bytes);
        return $"{text[..(colon + 1)]}{(bytes[0] << 8) | bytes[1]:x}:{(bytes[2] << 8) | bytes[3]:x}";
    }

    private static bool IsOf(Uri address, string authority) =>
        Uri.TryCreate($"{address.Scheme}://{authority}", UriKind.Absolute, out var other) && other.Authority == address.Authority;
}
