using System.Net;

namespace Gateway.Cli.Diagnosis;

/// <summary>Where a URL says to listen.</summary>
internal static class ListenAddress
{
    /// <summary>By which of this machine's addresses an instance is asked that listens at one: at all of them, by loopback.</summary>
    public static IPAddress Asked(IPAddress local) =>
        local.Equals(IPAddress.Any) ? IPAddress.Loopback
        : local.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
        : local;

    /// <returns>The URL as one that can be asked, and the machine's own address in it; null where it can't be listened at.</returns>
    public static (Uri Url, IPAddress Local)? Parse(string url)
    {
        // '+' and '*' are Kestrel's words for every address.
        var isAny = url.Contains("//*", StringComparison.Ordinal) || url.Contains("//+", StringComparison.Ordinal);
        var plain = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var local =
            isAny ? IPAddress.Any
            : address.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback
            : IPAddress.Parse(address.Host.Trim('[', ']'));
        return (address, local);
    }
}
