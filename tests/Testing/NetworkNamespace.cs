using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Gateway.Testing;

/// <summary>
/// A network of its own on this machine: what runs in it reaches this one at <see cref="Outside"/> and nothing else, and shares no loopback
/// with it. It needs root. It is gone when it is disposed, with whatever was in it.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private static readonly Lazy<bool> Possible = new(Try);

    private readonly string _name = "gateway-" + RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>A pair of addresses of those that no router passes on (RFC 3927), below those that clouds have services at.</summary>
    public NetworkNamespace()
    {
        var pair = RandomNumberGenerator.GetInt32(64, 1 << 13) << 2;
        (Outside, Inside) = (Address(pair + 1), Address(pair + 2));
        var (here, there) = ("gw" + _name[8..] + "h", "gw" + _name[8..] + "n");
        Ip("netns", "add", _name);
        try
        {
            Ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", _name);
            Ip("addr", "add", $"{Outside}/30", "dev", here);
            Ip("link", "set", here, "up");
            Ip("-n", _name, "addr", "add", $"{Inside}/30", "dev", there);
            Ip("-n", _name, "link", "set", there, "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static bool IsPossible => Possible.Value;

    /// <summary>This machine, as it is reached from within.</summary>
    public IPAddress Outside { get; }

    public IPAddress Inside { get; }

    /// <summary>A program that runs within.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments) =>
        new("ip", ["netns", "exec", _name, program, .. arguments]);

    public void Dispose() => Ip("netns", "del", _name); // Its end of the pair goes with it, and so the other.

    private static IPAddress Address(int host) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"169.254.{host >> 8}.{host & 255}"));

    private static bool Try()
    {
        try
        {
            new NetworkNamespace().Dispose();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
        }
    }
}
