using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Gateway.Connectors.State;

/// <summary>
/// Finds out whether a server answers on a fresh connection, without the Redis client: opening that towards a server that is silent blocks
/// threads of the pool, and with them the refusals of everybody else.
/// </summary>
internal static class RedisProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);

    /// <summary>True for any answer at all, even an error; with TLS, for a finished handshake. Doesn't throw.</summary>
    public static async Task<bool> AnswersAsync(EndPoint endpoint, bool ssl)
    {
        using var limit = new CancellationTokenSource(Deadline);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, limit.Token);
            await using var stream = new NetworkStream(socket);
            return ssl ? await ShakesHandsAsync(stream, endpoint, limit.Token) : await RepliesAsync(stream, limit.Token);
        }
        catch (Exception e) when (RedisFault.IsLostStore(e) || e is System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<bool> RepliesAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        return await stream.ReadAsync(new byte[1], cancellationToken) > 0;
    }

    private static async Task<bool> ShakesHandsAsync(NetworkStream stream, EndPoint endpoint, CancellationToken cancellationToken)
    {
        await using var secure = new SslStream(stream);
        var host = endpoint is DnsEndPoint name ? name.Host : ((IPEndPoint)endpoint).Address.ToString();
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
        return true;
    }
}
