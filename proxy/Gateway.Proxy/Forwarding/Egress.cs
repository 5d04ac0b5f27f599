using System.Net;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Where a connector's connections may go: only to the hosts that it declares, and never, by a name that resolves there, to an address
/// that isn't of its kind. Checked at every connect, on the address that is then used, so that a name can't be rebound in between.
/// </summary>
public sealed class Egress(Connector connector, OutgoingConnections connections)
{
    /// <summary>Where clouds hand out credentials beside 169.254.0.0/16: Amazon's over IPv6, Azure's, Alibaba's and Oracle's.</summary>
    private static readonly HashSet<IPAddress> Metadata =
    [
        IPAddress.Parse("fd00:ec2::254"),
        IPAddress.Parse("168.63.129.16"),
        IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("192.0.0.192"),
    ];

    private readonly HashSet<string> _allowed = new(connector.Egress, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="EgressException">The destination isn't declared, or resolves to where it must not.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var authority = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]:{port}" : $"{host}:{port}";
        if (!_allowed.Contains(authority))
        {
            throw new EgressException($"{connector.Id} may not connect to {authority}.");
        }

        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var address);
        var addresses = literal ? [address!] : await NameLookup.FindAsync(host, cancellationToken);
        foreach (var candidate in addresses)
        {
            if (!literal && !MayResolveTo(candidate, connector.Scope))
            {
                throw new EgressException($"{host} resolves to an address that {connector.Id} may not connect to.");
            }
        }

        return await connections.ConnectAsync(addresses, port, cancellationToken);
    }

    /// <summary>
    /// Whether a name of this scope may stand for the address. An external name never stands for loopback, private, shared, link-local
    /// or multicast space; an internal one never for link-local (where cloud metadata is) or multicast. An address written out in the
    /// document is what its author means, and isn't asked.
    /// </summary>
    internal static bool MayResolveTo(IPAddress address, TargetScope scope)
    {
        address = EmbeddedAddress.In(address);
        if (
            address.IsIPv6LinkLocal
            || address.IsIPv6Multicast
            || address.IsIPv6SiteLocal
            || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)
            || EmbeddedAddress.IsLocalTranslation(address)
            || Metadata.Contains(address)
        )
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var isVersion4 = length == 4;
        if (isVersion4 && (bytes[0] >= 224 || bytes[0] == 0 || (bytes[0] == 169 && bytes[1] == 254)))
        {
            return false;
        }

        return scope == TargetScope.Internal || !(IPAddress.IsLoopback(address) || IsPrivate(bytes, isVersion4));
    }

    /// <summary>
    /// RFC 1918, RFC 6598 (shared address space), RFC 6890 (protocol assignments), RFC 2544 (benchmarks) and RFC 4193 (unique local).
    /// </summary>
    private static bool IsPrivate(ReadOnlySpan<byte> bytes, bool isVersion4) =>
        isVersion4
            ? bytes[0] == 10
                || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
                || (bytes[0] == 192 && bytes[1] == 168)
                || (bytes[0] == 192 && bytes[1] == 0 && bytes[2] == 0)
                || (bytes[0] == 198 && (bytes[1] & 0xfe) == 18)
                || (bytes[0] == 100 && bytes[1] is >= 64 and < 128)
            : (bytes[0] & 0xfe) == 0xfc;
}

/// <summary>A connection was refused by a connector's egress rules.</summary>
public sealed class EgressException(string message) : Exception(message);
