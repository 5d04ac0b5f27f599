using System.Net;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Where a connector's connections may go: only to the hosts that it declares, and never, by a name that resolves there, to an address
/// that isn't of its kind. Checked at every connect, on the address that is then used, so that a name can't be rebound in between.
/// </summary>
public sealed class Egress(Connector connector, OutgoingConnections connections)
{
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
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return AddressSpaces.Of(bytes[..length]) switch
        {
            AddressSpace.Public => true,
            AddressSpace.Private => scope == TargetScope.Internal,
            AddressSpace.Reserved => false,
        };
    }
}

/// <summary>A connection was refused by a connector's egress rules.</summary>
public sealed class EgressException(string message) : Exception(message);
