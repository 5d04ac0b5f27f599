using System.Net;
using System.Net.Sockets;

namespace Gateway.LoadTests.Targets;

/// <summary>Addresses on 127.0.0.1 that nothing listens on.</summary>
internal static class Ports
{
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
