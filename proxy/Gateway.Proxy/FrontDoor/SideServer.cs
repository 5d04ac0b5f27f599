using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// A server beside the doors', with connections of its own: it answers where all of theirs are taken, and before there are any. It takes no
/// bodies. The host's own would bring a scope, an activity and counts of the agents' requests to each.
/// </summary>
internal sealed class SideServer : IHttpApplication<IFeatureCollection>, IDisposable
{
    private readonly KestrelServer _server;
    private readonly Func<IFeatureCollection, Task> _answerAsync;

    /// <param name="urls">As the server takes them; plain HTTP.</param>
    /// <param name="listener">Whose connections they are counted as that are refused.</param>
    /// <param name="connections">At once; they come out of the files that are kept back for the process itself.</param>
    public SideServer(
        Listener listener,
        IEnumerable<string> urls,
        int connections,
        IServiceProvider services,
        Func<IFeatureCollection, Task> answerAsync
    )
    {
        var refused = services.GetRequiredService<RefusedConnections>();
        var logs = services.GetRequiredService<ILoggerFactory>();
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1); // Longer than what asks usually waits: Prometheus a minute at most.
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs);
        _server = new KestrelServer(
            Options.Create(kestrel),
            new BoundedListenerFactory(sockets, connections, () => refused.Count(listener)),
            logs
        );
        _answerAsync = answerAsync;
        var addresses = _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        foreach (var url in urls)
        {
            addresses.Add(url);
        }
    }

    /// <exception cref="IOException">An address is taken, or not this machine's.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(this, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public void Dispose() => _server.Dispose();

    IFeatureCollection IHttpApplication<IFeatureCollection>.CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    Task IHttpApplication<IFeatureCollection>.ProcessRequestAsync(IFeatureCollection context) => _answerAsync(context);

    void IHttpApplication<IFeatureCollection>.DisposeContext(IFeatureCollection context, Exception? exception) { }
}
