using System.Net;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What is looked at once, at start: where Gateway listens, by which names it is reached, and how many connections it has files for.
/// </summary>
internal static class FrontDoorChecks
{
    /// <summary>Reports every setting that would let nobody in, or somebody else.</summary>
    public static void Check(FrontDoorOptions options, Settings settings)
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
                "AllowedHosts: this would refuse requests before Gateway sees them, without a record. Name what Gateway is reached by "
                    + $"in {Settings.Root}:FrontDoor:Authorities, and remove it."
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
                $"--urls: '{url}' can't be listened at. Write http:// or https://, a name or an address, and a port, such as "
                    + "http://127.0.0.1:8080."
            );
        }

        if (options.Authorities.Count == 0)
        {
            settings.Report(
                $"{Settings.Root}:FrontDoor:Authorities: there is none, so that nothing would be let in. Name each host or host:port "
                    + "that agents reach Gateway by."
            );
        }

        foreach (var authority in options.Authorities.Where(a => !AllowedAuthorities.IsAuthority(a)))
        {
            settings.Report(
                $"{Settings.Root}:FrontDoor:Authorities: '{authority}' is no authority. Write host or host:port, without a scheme or a "
                    + "path."
            );
        }

        TrustedNetworks.Of(options.TrustedProxies, problem => settings.Report($"{Settings.Root}:FrontDoor:TrustedProxies: {problem}"));
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
    public static void BoundConnections(FrontDoorOptions options, Settings settings, long? files)
    {
        if (files < OpenFiles.Least)
        {
            settings.Report(
                $"This process may open {files} files, and needs {OpenFiles.Least} at least. Raise the hard limit: ulimit -Hn, "
                    + "LimitNOFILE= of systemd, --ulimit nofile= of a container."
            );
        }
        else if (files is { } allowed && OpenFiles.Connections(allowed) < options.Connections)
        {
            settings.Warn(
                $"{OpenFiles.Connections(allowed)} connections at once are let in, and not {options.Connections} "
                    + $"({Settings.Root}:FrontDoor:Connections), since this process may open {files} files. Raise the hard limit for more."
            );
            options.Connections = OpenFiles.Connections(allowed);
        }
    }

    /// <summary>
    /// What a server that only listens to its own machine is reached by. One that listens to others must be told its names.
    /// </summary>
    public static List<string> LocalAuthorities(string urls)
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
