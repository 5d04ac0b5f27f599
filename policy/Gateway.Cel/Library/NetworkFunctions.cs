using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Networks of IP addresses.</summary>
internal static class NetworkFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("cidr(string) -> cidr", (_, a) => CelNetwork.TryParse(a[0].AsString) is { } network ? CelValue.From(network) : NoNetwork),
        new("cidr(cidr) -> cidr", (_, a) => a[0]),
        new("isCIDR(string) -> bool", (_, a) => CelValue.From(CelNetwork.TryParse(a[0].AsString) is not null)),
        new("(cidr).containsIP(ip) -> bool", (_, a) => CelValue.From(a[0].AsNetwork.Contains(a[1].AsAddress))),
        new(
            "(cidr).containsIP(string) -> bool",
            (_, a) => CelAddress.TryParse(a[1].AsString) is { } address ? CelValue.From(a[0].AsNetwork.Contains(address)) : NoNetwork
        ),
        new("(cidr).containsCIDR(cidr) -> bool", (_, a) => CelValue.From(a[0].AsNetwork.Contains(a[1].AsNetwork))),
        new(
            "(cidr).containsCIDR(string) -> bool",
            (_, a) => CelNetwork.TryParse(a[1].AsString) is { } network ? CelValue.From(a[0].AsNetwork.Contains(network)) : NoNetwork
        ),
        new("(cidr).ip() -> ip", (_, a) => CelValue.From(a[0].AsNetwork.Address)),
        new("(cidr).masked() -> cidr", (_, a) => CelValue.From(a[0].AsNetwork.Masked())),
        new("(cidr).prefixLength() -> int", (_, a) => CelValue.From((long)a[0].AsNetwork.Length)),
    ];

    private static readonly CelValue NoNetwork = CelValue.Fail("the text is no network or address, or not in its full form");
}
