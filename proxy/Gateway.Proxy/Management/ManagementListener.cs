using Gateway.Proxy.FrontDoor;
using OpenTelemetry.Metrics;

namespace Gateway.Proxy.Management;

/// <summary>
/// Answers health and metrics on an address of their own, by a server of their own: where agents or strangers have taken every connection
/// of the other one, the orchestrator would otherwise find all replicas dead at once, and kill them. It listens before the doors open and
/// until they are closed.
/// </summary>
internal sealed class ManagementListener : IHostedService, IDisposable
{
    private const int Most = 32;

    private readonly SideServer _server;

    public ManagementListener(ManagementOptions options, Health health, IServiceProvider services)
    {
        var answer = AnswersOf(health, services);
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        _server = new SideServer(
            Listener.Management,
            [options.Url],
            Most,
            services,
            features => answer(new DefaultHttpContext(features) { ServiceScopeFactory = scopes })
        );
    }

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

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
            if (!await health.TryAnswerAsync(http, http.Request.Path.Value ?? "", named: true))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        return app.Build();
    }
}
