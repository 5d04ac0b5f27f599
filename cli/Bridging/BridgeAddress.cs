using System.Net;
using System.Net.Sockets;
using Gateway.Cli.Results;

namespace Gateway.Cli.Bridging;

/// <summary>Where the bridge listens: a port of this machine's loopback address, or a Unix socket. There is no other way to it.</summary>
/// <param name="Port">Null for a socket.</param>
/// <param name="Socket">The path of a socket; null for a port.</param>
internal sealed record BridgeAddress(IPEndPoint? Port, string? Socket)
{
    private const string Scheme = "unix:";

    private const string Remedy =
        "Write --listen http://127.0.0.1:8808 or --listen unix:/run/mcp/files.sock. Other machines reach a program by Gateway, which judges"
        + " what they ask.";

    /// <param name="text"><c>http://127.0.0.1:8808</c>, <c>http://[::1]:8808</c>, <c>http://localhost:8808</c> or
    /// <c>unix:/path</c>.</param>
    /// <exception cref="InvalidInputException">It is none of these.</exception>
    public static BridgeAddress Parse(string text)
    {
        if (text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var path = text[Scheme.Length..];
            return Path.IsPathFullyQualified(path)
                ? new BridgeAddress(null, path)
                : throw new InvalidInputException($"'{Printable.Line(text)}' isn't a socket's whole path.", Remedy);
        }

        var isPlain =
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttp
            && url.UserInfo.Length == 0
            && url.PathAndQuery == "/"
            && url.Fragment.Length == 0;
        var address =
            !isPlain ? null
            : url!.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(url.Host.Trim('[', ']'), out var parsed) && IPAddress.IsLoopback(parsed) ? parsed
            : null;
        return address is not null
            ? new BridgeAddress(new IPEndPoint(address, url!.Port), null)
            : throw new InvalidInputException($"'{Printable.Line(text)}' is no address of this machine alone.", Remedy);
    }

    /// <summary>Takes away the socket that a bridge which was killed has left.</summary>
    /// <exception cref="InvalidInputException">Somebody listens there, or there is something else.</exception>
    public void Clear()
    {
        if (Socket is null || !Path.Exists(Socket))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(Socket));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket())
        {
            File.Delete(Socket);
            return;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new InvalidInputException($"'{Socket}' can't be used: {e.Message}", "Name a socket that isn't there yet.");
        }

        throw new InvalidInputException($"Somebody listens at '{Socket}' already.", "End that, or name another socket.");
    }

    /// <summary>A file refuses a connection too, and isn't ours to delete; but it can be opened, which a socket can't.</summary>
    private bool IsSocket()
    {
        try
        {
            using var file = File.OpenHandle(Socket!);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
