using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>IP addresses.</summary>
internal static class AddressFunctions
{
    private static readonly CelValue NoAddress = CelValue.Fail("the text is no IP address, or not in its full form");

    private static readonly CelNetwork LoopbackV4 = CelNetwork.TryParse("127.0.0.0/8")!;
    private static readonly CelNetwork LoopbackV6 = CelNetwork.TryParse("::1/128")!;
    private static readonly CelNetwork LinkLocalV4 = CelNetwork.TryParse("169.254.0.0/16")!;
    private static readonly CelNetwork LinkLocalV6 = CelNetwork.TryParse("fe80::/10")!;
    private static readonly CelNetwork LocalGroupsV4 = CelNetwork.TryParse("224.0.0.0/24")!;

    /// <summary>ffx2::/16 whatever the flags (RFC 4291 section 2.7); the flags are masked before comparing.</summary>
    private static readonly CelNetwork LocalGroupsV6 = CelNetwork.TryParse("ff02::/16")!;

    private static readonly CelNetwork GroupsV4 = CelNetwork.TryParse("224.0.0.0/4")!;
    private static readonly CelNetwork GroupsV6 = CelNetwork.TryParse("ff00::/8")!;
    private static readonly CelNetwork Broadcast = CelNetwork.TryParse("255.255.255.255/32")!;

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("ip(string) -> ip", (_, a) => CelAddress.TryParse(a[0].AsString) is { } address ? CelValue.From(address) : NoAddress),
        new("ip(ip) -> ip", (_, a) => a[0]),
        new("isIP(string) -> bool", (_, a) => CelValue.From(CelAddress.TryParse(a[0].AsString) is not null)),
        new(
            "ip.isCanonical(string) -> bool",
            (_, a) => CelAddress.TryParse(a[0].AsString) is { } address ? CelValue.From(address.ToText() == a[0].AsString) : NoAddress
        ),
        new("(ip).family() -> int", (_, a) => CelValue.From(a[0].AsAddress.IsV4 ? 4L : 6L)),
        new("(ip).isUnspecified() -> bool", (_, a) => CelValue.From(a[0].AsAddress.Bits == UInt128.Zero)),
        new("(ip).isLoopback() -> bool", (_, a) => CelValue.From(IsIn(a[0], LoopbackV4, LoopbackV6))),
        new("(ip).isLinkLocalUnicast() -> bool", (_, a) => CelValue.From(IsIn(a[0], LinkLocalV4, LinkLocalV6))),
        new("(ip).isLinkLocalMulticast() -> bool", (_, a) => CelValue.From(IsIn(a[0], LocalGroupsV4, LocalGroupsV6))),
        new("(ip).isGlobalUnicast() -> bool", (_, a) => CelValue.From(IsGlobalUnicast(a[0]))),
    ];

    private static bool IsIn(in CelValue address, CelNetwork v4, CelNetwork v6) =>
        v4.Contains(address.AsAddress) || v6.Contains(WithoutGroupFlags(address.AsAddress));

    private static CelAddress WithoutGroupFlags(CelAddress address) =>
        GroupsV6.Contains(address) ? new CelAddress(address.Bits & ~((UInt128)0xF0 << 112), false) : address;

    /// <summary>Private addresses count as global unicast here, as they do where these functions come from.</summary>
    private static bool IsGlobalUnicast(in CelValue address) =>
        address.AsAddress.Bits != UInt128.Zero
        && !Broadcast.Contains(address.AsAddress)
        && !IsIn(address, LoopbackV4, LoopbackV6)
        && !IsIn(address, GroupsV4, GroupsV6)
        && !IsIn(address, LinkLocalV4, LinkLocalV6);
}
