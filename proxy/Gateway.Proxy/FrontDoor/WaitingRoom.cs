using System.Text.Json;
using Gateway.Connectors.Contracts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Stands at the doors' and probes' addresses while nothing can be made ready because a disk is full: it is alive, not ready, and says
/// why. A process that ended instead would be started again and again, and an orchestrator would see a crash where an operator has to make
/// room.
/// Addresses with TLS stay closed meanwhile.
/// </summary>
internal sealed class WaitingRoom : IAsyncDisposable, IHttpApplication<IFeatureCollection>
{
    private const string NoRoom =
        "No room is left on a disk that the start must write to. It goes on when there is; the log names the file.";
    private const string Http = "http://";

    /// <value>Connections at once.</value>
    private const int Most = 64;

    // ENOSPC and EDQUOT of Linux, and Windows' ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int NoQuota = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    private readonly KestrelServer _server;

    private WaitingRoom(KestrelServer server) => _server = server;

    /// <summary>Null where no address can be opened: then the log alone says it.</summary>
    /// <param name="urls">As the server takes them.</param>
    public static async Task<WaitingRoom?> OpenAsync(string urls, IServiceProvider services, CancellationToken cancellationToken)
    {
        var logs = services.GetRequiredService<ILoggerFactory>();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs);
        var room = new WaitingRoom(new KestrelServer(Options.Create(options), new BoundedListenerFactory(sockets, Most), logs));
        var addresses = room._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (url.StartsWith(Http, StringComparison.OrdinalIgnoreCase))
            {
                addresses.Add(url);
            }
        }

        try
        {
            if (addresses.Count > 0)
            {
                await room._server.StartAsync(room, cancellationToken);
                return room;
            }
        }
        catch (IOException)
        {
            // Taken, or not this machine's: the start itself says so once it comes to that.
        }

        room._server.Dispose();
        return null;
    }

    /// <summary>Whether something failed because there was no room for it, wherever that was found.</summary>
    public static bool IsFor(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is IOException { HResult: NoSpace or NoQuota or NoSpaceOnWindows } or DurableStoreException { IsFull: true })
            {
                return true;
            }
        }

        return false;
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        var path = context.GetRequiredFeature<IHttpRequestFeature>().Path;
        response.StatusCode = path == "/livez" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.Headers.ContentType = "application/json";
        response.Headers.RetryAfter = "5";
        response.Headers.CacheControl = "no-store";
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(BodyOf(path));
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception) { }

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _server.StopAsync(shortly.Token);
        _server.Dispose();
    }

    private static byte[] BodyOf(string path) =>
        path switch
        {
            "/livez" => JsonSerializer.SerializeToUtf8Bytes(new { status = "ok" }),
            "/readyz" => JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    status = "unavailable",
                    journal = false,
                    why = NoRoom,
                }
            ),
            _ => JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = "not_ready", message = NoRoom } }),
        };
}
