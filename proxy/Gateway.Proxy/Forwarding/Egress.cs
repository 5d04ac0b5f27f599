using System.Net;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Where the connections of a connector, or of a channel of notices, may go: only to the hosts that it declares, and never, by a name that
/// resolves there, to an address that isn't of its kind. Checked at every connect, on the address that is then used, so that a name can't
/// be rebound in between.
/// </summary>
/// <param name="name">Whose they are, for errors.</param>
/// <param name="allowed">Hosts and ports.</param>
public sealed class Egress(string name, IEnumerable<string> allowed, TargetScope scope, OutgoingConnections connections)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);

    public Egress(Connector connector, OutgoingConnections connections)
        : this(connector.Id.ToString(), connector.Egress, connector.Scope, connections) { }

    /// <exception cref="EgressException">The destination isn't declared, or resolves to where it must not.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    /// <inheritdoc cref="ConnectAsync(SocketsHttpConnectionContext, CancellationToken)"/>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var authority = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]:{port}" : $"{host}:{port}";
        if (!_allowed.Contains(authority))
        {
            throw new EgressException($"{name} may not connect to {authority}.");
        }

        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var address);
        var addresses = literal ? [address!] : await NameLookup.FindAsync(host, cancellationToken);
        foreach (var candidate in addresses)
        {
            if (!literal && !MayResolveTo(candidate, scope))
            {
                throw new EgressException($"{host} resolves to an address that {name} may not connect to.");
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

/// <summary>A connection was refused by egress rules.</summary>
public sealed class EgressException(string message) : Exception(message);
