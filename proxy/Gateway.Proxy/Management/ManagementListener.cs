using Gateway.Proxy.FrontDoor;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Gateway.Proxy.Management;

/// <summary>
/// Answers health and metrics on an address of their own, by a server of their own: where agents or strangers have taken every connection
/// of the other one, the orchestrator would otherwise find all replicas dead at once, and kill them. It listens before the doors open and
/// until they are closed.
/// </summary>
internal sealed class ManagementListener : IHostedService, IDisposable
{
    /// <value>Connections at once; they come out of the files that are kept back for the process itself.</value>
    private const int Most = 32;

    private readonly KestrelServer _server;
    private readonly Asked _asked;

    public ManagementListener(ManagementOptions options, Health health, IServiceProvider services, ILoggerFactory logs)
    {
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1); // Longer than what asks usually waits: Prometheus a minute at most.
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs);
        _server = new KestrelServer(Options.Create(kestrel), new BoundedListenerFactory(sockets, Most), logs);
        _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Add(options.Url);
        _asked = new Asked(AnswersOf(health, services), services.GetRequiredService<IServiceScopeFactory>());
    }

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(_asked, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public void Dispose() => _server.Dispose();

    private static RequestDelegate AnswersOf(Health health, IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        if (services.GetService<MeterProvider>() is not null)
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
        }

        app.Run(async http =>
        {
            if (!await health.TryAnswerAsync(http, http.Request.Path.Value ?? ""))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        return app.Build();
    }

    /// <summary>The host's own would bring a scope, an activity and counts of the agents' requests.</summary>
    private sealed class Asked(RequestDelegate answer, IServiceScopeFactory scopes) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) =>
            new DefaultHttpContext(contextFeatures) { ServiceScopeFactory = scopes };

        public Task ProcessRequestAsync(HttpContext context) => answer(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
