using Gateway.Connectors.State;
using Gateway.Proxy.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy.FrontDoor;

/// <summary>Registers the stage and sets the server's own limits.</summary>
public static class FrontDoorSetup
{
    public static IServiceCollection AddFrontDoor(this IServiceCollection services, Settings settings, IWebHostBuilder server)
    {
        // A line ends in CR LF and nothing else (RFC 9112, section 2.2 allows less): what is one line here must not be two to whoever
        // stands in front.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var options = settings.Bind<FrontDoorOptions>("FrontDoor");
        var urls = FrontDoorOptions.UrlsOf(settings.Configuration);
        server.UseUrls(urls);
        if (options.Authorities.Count == 0)
        {
            options.Authorities = FrontDoorChecks.LocalAuthorities(urls);
        }

        FrontDoorChecks.Check(options, settings);
        FrontDoorChecks.BoundConnections(options, settings, OpenFiles.Allowed());

        server.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // Each operation has its own limit, and the one reader of bodies holds it.
            kestrel.Limits.MaxRequestHeadersTotalSize = options.HeaderBytes;
            kestrel.Limits.MaxRequestLineSize = options.RequestLineBytes;
            kestrel.Limits.RequestHeadersTimeout = options.HeaderTimeout;
            kestrel.RequestHeaderEncodingSelector = LengthText.Of;
        });

        // Of several the server asks the one that was added last.
        services.AddSingleton<IConnectionListenerFactory>(provider => new BoundedListenerFactory(
            new SocketTransportFactory(
                provider.GetRequiredService<IOptions<SocketTransportOptions>>(),
                provider.GetRequiredService<ILoggerFactory>()
            ),
            options.Connections,
            () => provider.GetRequiredService<RefusedConnections>().Count(Listener.Agents)
        ));
        services.AddSingleton(options).AddSingleton<RefusedConnections>();
        services.AddSingleton(_ => new AllowedAuthorities(options.Authorities));
        services.AddSingleton(provider => new ClockGuard(provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<RequestLifetimes>().AddSingleton<FrontDoorStage>();
    }
}
