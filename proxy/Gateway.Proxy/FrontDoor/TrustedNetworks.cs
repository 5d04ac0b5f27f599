using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// The addresses of proxies whose word counts: single ones, and ranges as RFC 4632 writes them, since pods of an ingress come and go. Empty
/// trusts nobody. Immutable.
/// </summary>
public sealed class TrustedNetworks
{
    /// <value>The fewest bits that a range must fix. A wider one is most of the internet, and strangers' words would count.</value>
    private const int LeastBits = 8;

    /// <value>Bits before the IPv4 address in one that is mapped into IPv6 (RFC 4291 section 2.5.5.2).</value>
    private const int MappedBits = 96;

    public static readonly TrustedNetworks None = new([]);

    private readonly IPNetwork[] _networks;

    private TrustedNetworks(IPNetwork[] networks) => _networks = networks;

    public bool IsEmpty => _networks.Length == 0;

    /// <param name="texts">Addresses and ranges; what is neither is left out and told.</param>
    /// <param name="wrong">Is given what is wrong with each that can't be trusted.</param>
    public static TrustedNetworks Of(IEnumerable<string> texts, Action<string> wrong)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (TryParse(text, out var network, out var problem))
            {
                networks.Add(network);
            }
            else
            {
                wrong(problem);
            }
        }

        return new TrustedNetworks([.. networks]);
    }

    /// <param name="peer">Who connected; null, as of a pipe, is never trusted.</param>
    public bool Contains(IPAddress? peer)
    {
        if (peer is null)
        {
            return false;
        }

        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        foreach (var network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(string text, out IPNetwork network, [NotNullWhen(false)] out string? problem)
    {
        (network, problem) = (default, null);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (start, bits) = slash < 0 ? (text, -1) : (text[..slash], BitsOf(text[(slash + 1)..]));
        // Without dots or colons IPAddress reads a number: 10 as 0.0.0.10.
        if (start.AsSpan().IndexOfAny('.', ':') < 0 || !IPAddress.TryParse(start, out var address) || address.ToString().Contains('%'))
        {
            problem = $"'{text}' is no IP address and no range of them. Write 10.0.0.7, or 10.0.0.0/16; names don't count.";
            return false;
        }

        var width = address.GetAddressBytes().Length * 8;
        bits = slash < 0 ? width : bits;
        if (address.IsIPv4MappedToIPv6)
        {
            (address, bits, width) = (address.MapToIPv4(), bits - MappedBits, width - MappedBits);
        }

        if (bits < LeastBits || bits > width)
        {
            problem = $"'{text}' must fix {LeastBits} to {width} bits behind its slash: a wider range would trust strangers.";
            return false;
        }

        network = new IPNetwork(address, bits);
        if (!network.BaseAddress.Equals(address))
        {
            // Who means one address would have trusted all of its network.
            problem = $"'{text}' names an address inside its range. Write the range's first address, or the address alone.";
            return false;
        }

        return true;
    }

    private static int BitsOf(string text) =>
        text.Length is 1 or 2 or 3 && text.All(char.IsAsciiDigit) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : -1;
}
