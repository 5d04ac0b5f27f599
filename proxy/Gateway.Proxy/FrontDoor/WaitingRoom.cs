using System.Text.Json;
using Gateway.Connectors.Contracts;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Stands at the doors' and probes' addresses while nothing can be made ready because a disk is full: it is alive, not ready, and says
/// why. A process that ended instead would be started again and again, and an orchestrator would see a crash where an operator has to make
/// room. Addresses with TLS stay closed meanwhile.
/// </summary>
internal sealed class WaitingRoom : IAsyncDisposable
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

    private readonly SideServer _server;

    private WaitingRoom(IEnumerable<string> urls, IServiceProvider services) =>
        _server = new SideServer(Listener.Agents, urls, Most, services, AnswerAsync);

    /// <summary>Null where no address can be opened: then the log alone says it.</summary>
    /// <param name="urls">As the server takes them.</param>
    public static async Task<WaitingRoom?> OpenAsync(string urls, IServiceProvider services, CancellationToken cancellationToken)
    {
        var plain = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(url => url.StartsWith(Http, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (plain.Length == 0)
        {
            return null;
        }

        var room = new WaitingRoom(plain, services);
        try
        {
            await room._server.StartAsync(cancellationToken);
            return room;
        }
        catch (IOException)
        {
            // Taken, or not this machine's: the start itself says so once it comes to that.
            room._server.Dispose();
            return null;
        }
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

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _server.StopAsync(shortly.Token);
        _server.Dispose();
    }

    private static async Task AnswerAsync(IFeatureCollection context)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        var path = context.GetRequiredFeature<IHttpRequestFeature>().Path;
        response.StatusCode = path == "/livez" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.Headers.ContentType = "application/json";
        response.Headers.RetryAfter = "5";
        response.Headers.CacheControl = "no-store";
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(BodyOf(path));
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
