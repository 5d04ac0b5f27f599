using System.Collections.Concurrent;
using System.Net;
using Gateway.Policy.Model;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// The way to one connector's system: its connections, its time limits and its breaker. Lives as long as the connector's document says the
/// same.
/// </summary>
public sealed class ConnectorClient : IDisposable
{
    private Uri? _last;

    public ConnectorClient(Connector connector, OutgoingConnections connections, TimeProvider time)
    {
        Connector = connector;
        Breaker = new Breaker(connector.Breaker, time);
        Request = new ForwarderRequestConfig
        {
            ActivityTimeout = connector.Timeouts.Idle,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var handler = GuardedHandler.Create(new Egress(connector, connections), connector.Timeouts.Connect);
        handler.PlaintextStreamFilter = static (connection, _) => new(Attempts.Watch(connection.PlaintextStream));
        Connections = handler;
    }

    public Connector Connector { get; }

    public Breaker Breaker { get; }

    public ForwarderRequestConfig Request { get; }

    public HttpMessageHandler Connections { get; }

    /// <summary>
    /// Where a target is. Most requests to a system go to the same place: the last one's is kept, with all that was read out of it.
    /// </summary>
    public Uri UriOf(IntentTarget target)
    {
        if (
            _last is { } last
            && last.OriginalString.AsSpan().StartsWith(target.Authority)
            && last.OriginalString.AsSpan(target.Authority.Length).SequenceEqual(target.PathAndQuery)
        )
        {
            return last;
        }

        return _last = new Uri(
            target.Authority + target.PathAndQuery,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
    }

    public void Dispose() => Connections.Dispose();
}

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

    /// <summary>Those that were used since the start, also of connectors that no document has any more.</summary>
    internal IEnumerable<ConnectorClient> All => _clients.Values;

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
