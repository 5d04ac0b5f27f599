using System.Net;
using System.Net.Sockets;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Connections to a gateway that say nothing, or only what they begin with.</summary>
internal static class Strangers
{
    public static async Task<List<Socket>> ConnectAsync(Uri address, int count, byte[]? beginning = null)
    {
        var sockets = new List<Socket>(count);
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            if (beginning is not null)
            {
                await socket.SendAsync(beginning);
            }

            sockets.Add(socket);
        }

        return sockets;
    }
}
