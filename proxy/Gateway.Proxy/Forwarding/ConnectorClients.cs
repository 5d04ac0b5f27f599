using System.Collections.Concurrent;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// One client for each connector, made when it is first used and kept while its document stays the same. Made from the request's own
/// snapshot, so that a request is sent by the rules it was judged by.
/// </summary>
public sealed class ConnectorClients(OutgoingConnections connections, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(Id<Tenant>, Id<Connector>), ConnectorClient> _clients = new();

    public ConnectorClient Of(Connector connector)
    {
        var key = (connector.Tenant, connector.Id);
        while (true)
        {
            if (_clients.TryGetValue(key, out var client))
            {
                if (ReferenceEquals(client.Connector, connector) || SameRules(client.Connector, connector))
                {
                    return client;
                }

                // Not disposed: requests under way still use it. Its idle connections close by themselves.
                _clients.TryRemove(KeyValuePair.Create(key, client));
            }

            var made = new ConnectorClient(connector, connections, time);
            if (_clients.TryAdd(key, made))
            {
                return made;
            }

            made.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static bool SameRules(Connector a, Connector b) =>
        a.BaseAddress == b.BaseAddress
        && a.Scope == b.Scope
        && a.Timeouts == b.Timeouts
        && a.Breaker == b.Breaker
        && a.Egress.SequenceEqual(b.Egress);
}
