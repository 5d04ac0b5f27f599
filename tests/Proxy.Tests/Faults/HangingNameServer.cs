using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A name server that takes questions and answers none, for the processes that are started under it. Only root may do either.
/// </summary>
internal sealed class HangingNameServer : IDisposable
{
    private const int Port = 53;

    private readonly TemporaryDirectory _folder = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public HangingNameServer()
    {
        var address = new IPAddress([127, 77, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(1, 255)]);
        _socket.Bind(new IPEndPoint(address, Port));
        File.WriteAllText(Configuration, $"nameserver {address}\n");
    }

    /// <summary>Starts what stands behind it with this server as its only one.</summary>
    public IReadOnlyList<string> Under =>
        ["unshare", "--mount", "bash", "-c", $"mount --bind {Configuration} /etc/resolv.conf && exec \"$@\"", "bash"];

    private string Configuration => _folder.File("resolv.conf");

    public static bool CanBeStarted()
    {
        try
        {
            using var server = new HangingNameServer();
            using var process = Process.Start(server.Under[0], [.. server.Under.Skip(1), "true"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Exception e) when (e is SocketException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A fact about a name server; skipped, and it says so, where none can be put before a process.</summary>
public sealed class NameServerFactAttribute : FactAttribute
{
    public NameServerFactAttribute()
    {
        if (!HangingNameServer.CanBeStarted())
        {
            Skip = "needs a name server of its own on port 53 and unshare(1): run it as root on Linux";
        }
    }
}
