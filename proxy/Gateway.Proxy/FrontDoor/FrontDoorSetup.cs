using System.Net;
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
            options.Authorities = Own(urls);
        }

        Report(options, settings);
        Bound(options, settings, OpenFiles.Allowed());

        server.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // Each operation has its own limit, and the one reader of bodies holds it.
            kestrel.Limits.MaxRequestHeadersTotalSize = options.HeaderBytes;
            kestrel.Limits.MaxRequestLineSize = options.RequestLineBytes;
            kestrel.Limits.RequestHeadersTimeout = options.HeaderTimeout;
        });

        // Of several the server asks the one that was added last.
        services.AddSingleton<IConnectionListenerFactory>(provider => new BoundedListenerFactory(
            new SocketTransportFactory(
                provider.GetRequiredService<IOptions<SocketTransportOptions>>(),
                provider.GetRequiredService<ILoggerFactory>()
            ),
            options.Connections
        ));
        services.AddSingleton(options);
        services.AddSingleton(_ => new AllowedAuthorities(options.Authorities));
        services.AddSingleton(provider => new ClockGuard(provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<RequestLifetimes>().AddSingleton<FrontDoorStage>();
    }

    private static void Report(FrontDoorOptions options, Settings settings)
    {
        if (settings.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            // The server would listen there and nowhere else, wider perhaps than the names were made for.
            settings.Report("Kestrel:Endpoints: this would take the place of --urls. Say with --urls where Gateway listens.");
        }

        if (settings.Configuration["AllowedHosts"] is { Length: > 0 } and not "*")
        {
            // The host would refuse other names by itself, health checks among them, in HTML and without a record.
            settings.Report(
                $"AllowedHosts: this would refuse requests before Gateway sees them, without a record. Name what Gateway is reached by in {Settings.Root}:FrontDoor:Authorities, and remove it."
            );
        }

        foreach (
            var url in FrontDoorOptions
                .UrlsOf(settings.Configuration)
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Where(url => !IsListened(url))
        )
        {
            settings.Report(
                $"--urls: '{url}' can't be listened at. Write http:// or https://, a name or an address, and a port, such as http://127.0.0.1:8080."
            );
        }

        if (options.Authorities.Count == 0)
        {
            settings.Report(
                $"{Settings.Root}:FrontDoor:Authorities: there is none, so that nothing would be let in. Name each host or host:port that agents reach Gateway by."
            );
        }

        foreach (var authority in options.Authorities.Where(a => !AllowedAuthorities.IsAuthority(a)))
        {
            settings.Report(
                $"{Settings.Root}:FrontDoor:Authorities: '{authority}' is no authority. Write host or host:port, without a scheme or a path."
            );
        }

        foreach (var proxy in options.TrustedProxies.Where(p => !IPAddress.TryParse(p, out _)))
        {
            settings.Report($"{Settings.Root}:FrontDoor:TrustedProxies: '{proxy}' is not an IP address. Give addresses, not names.");
        }
    }

    /// <summary>As Kestrel reads it, which would find out at the last moment, and not take a path either.</summary>
    private static bool IsListened(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { PathBase.Length: 0, Port: <= IPEndPoint.MaxPort } address
                && (
                    string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase)
                    || string.Equals(address.Scheme, "https", StringComparison.OrdinalIgnoreCase)
                );
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Lets no more connections in than the process has files for.</summary>
    private static void Bound(FrontDoorOptions options, Settings settings, long? files)
    {
        if (files < OpenFiles.Least)
        {
            settings.Report(
                $"This process may open {files} files, and needs {OpenFiles.Least} at least. Raise the hard limit: ulimit -Hn, LimitNOFILE= of systemd, --ulimit nofile= of a container."
            );
        }
        else if (files is { } allowed && OpenFiles.Connections(allowed) < options.Connections)
        {
            settings.Warn(
                $"{OpenFiles.Connections(allowed)} connections at once are let in, and not {options.Connections} ({Settings.Root}:FrontDoor:Connections), since this process may open {files} files. Raise the hard limit for more."
            );
            options.Connections = OpenFiles.Connections(allowed);
        }
    }

    /// <summary>
    /// What a server that only listens to its own machine is reached by. One that listens to others must be told its names.
    /// </summary>
    private static List<string> Own(string urls)
    {
        var own = new List<string>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
            {
                return []; // Whoever comes by this one could call himself local.
            }

            own.AddRange([$"127.0.0.1:{uri.Port}", $"localhost:{uri.Port}", $"[::1]:{uri.Port}"]);
        }

        return own;
    }
}
