using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Gateway.Testing;

/// <summary>
/// A port on 127.0.0.1 that nothing listens on, below those that systems give to outgoing connections (32768 on Linux, 49152 elsewhere).
/// One of those could be taken by any connection while a server that is killed and started again is down, even by one to the port itself.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int Behind = 32_000;
    private const int Tries = 1_000;

    public static int Next()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Behind);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }

        throw new InvalidOperationException($"{Tries} ports were tried, and all were taken.");
    }
}
