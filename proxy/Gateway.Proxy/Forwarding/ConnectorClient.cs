using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
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
        Connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // A redirect would carry the credential to wherever the system says.
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false, // A proxy from the environment would be a way round the egress rules.
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = connector.Timeouts.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a changed address is noticed.
            ConnectCallback = new Egress(connector, connections).ConnectAsync,
            PlaintextStreamFilter = static (connection, _) => new(Attempts.Watch(connection.PlaintextStream)),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OnlyWhatIsShown },
        };
    }

    /// <summary>
    /// Or whoever answers could have Gateway ask any address, past the egress rules: .NET fetches a missing issuer from where the
    /// certificate says (RFC 5280, section 4.2.2.1), and holds a thread of the pool for it.
    /// </summary>
    private static X509ChainPolicy OnlyWhatIsShown =>
        new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };

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
