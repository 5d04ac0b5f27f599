using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace Gateway.Testing;

/// <summary>
/// Another machine, as far as the network goes: what runs in it reaches this one by one address alone, over a cable of its own. Of Linux,
/// and for root; it is gone with this.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private static readonly Lazy<bool> Possible = new(IsMade);

    private readonly string _name = "gateway-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly string _cable;

    private NetworkNamespace()
    {
        // An interface's name has 15 characters at most.
        _cable = "gw" + _name[^8..];
        // From the addresses for measurements (RFC 2544), which nobody routes: the first of four is this machine's, the second the other's.
        var four = RandomNumberGenerator.GetInt32(1 << 15) * 4;
        Here = new IPAddress([198, (byte)(18 + (four >> 16)), (byte)(four >> 8), (byte)(four + 1)]);
        There = new IPAddress([198, (byte)(18 + (four >> 16)), (byte)(four >> 8), (byte)(four + 2)]);
    }

    public static bool IsPossible => Possible.Value;

    /// <summary>By which this machine is reached from there.</summary>
    public IPAddress Here { get; }

    public IPAddress There { get; }

    /// <summary>What stands in front of a program and its arguments, so that it runs there.</summary>
    public IReadOnlyList<string> Prefix => ["ip", "netns", "exec", _name];

    /// <summary>Null where there can be none; then nothing is left of it.</summary>
    public static NetworkNamespace? TryMake()
    {
        var made = new NetworkNamespace();
        try
        {
            if (
                OperatingSystem.IsLinux()
                && Run("netns", "add", made._name)
                && Run("link", "add", made._cable, "type", "veth", "peer", "name", "eth0", "netns", made._name)
                && Run("addr", "add", $"{made.Here}/30", "dev", made._cable)
                && Run("link", "set", made._cable, "up")
                && Run("-n", made._name, "addr", "add", $"{made.There}/30", "dev", "eth0")
                && Run("-n", made._name, "link", "set", "eth0", "up")
                && Run("-n", made._name, "link", "set", "lo", "up")
            )
            {
                return made;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // There is no such program.
        }

        made.Dispose();
        return null;
    }

    /// <summary>The cable goes with one of its ends.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Run("netns", "delete", _name);
            Run("link", "delete", _cable);
        }
    }

    private static bool IsMade()
    {
        using var made = TryMake();
        return made is not null;
    }

    private static bool Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A fact that needs another network namespace. Skipped, and it says so, where there can be none.</summary>
public sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute()
    {
        if (!NetworkNamespace.IsPossible)
        {
            Skip = "needs 'ip netns', and to be root";
        }
    }
}
