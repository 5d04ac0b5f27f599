using System.Net;
using System.Net.Sockets;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// The IPv4 address that an IPv6 address only carries: mapped or compatible (RFC 4291, section 2.5.5), translated (RFC 6052, RFC 2765) or
/// tunnelled (RFC 3056). A translator on the way would connect to the inner one, so that is the one to judge.
/// </summary>
internal static class EmbeddedAddress
{
    private static ReadOnlySpan<byte> Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    private static ReadOnlySpan<byte> Compatible => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Translated => [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> TranslatedWithoutState => [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0];

    private static ReadOnlySpan<byte> TranslatedLocally => [0, 0x64, 0xff, 0x9b, 0, 1];

    private static ReadOnlySpan<byte> Tunnelled => [0x20, 0x02];

    /// <summary>The inner address; the address itself where there is none in it.</summary>
    public static IPAddress In(IPAddress address)
    {
        if (
            address.AddressFamily != AddressFamily.InterNetworkV6
            || address.Equals(IPAddress.IPv6Any)
            || address.Equals(IPAddress.IPv6Loopback)
        )
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (
            bytes.StartsWith(Mapped)
            || bytes.StartsWith(Compatible)
            || bytes.StartsWith(Translated)
            || bytes.StartsWith(TranslatedWithoutState)
        )
        {
            return new IPAddress(bytes[12..]);
        }

        return bytes.StartsWith(Tunnelled) ? new IPAddress(bytes[2..6]) : address;
    }

    /// <summary>
    /// Whether a network translates it by a prefix of its own (RFC 8215), so that which address is in it, and where, is known there only.
    /// </summary>
    public static bool IsLocalTranslation(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == bytes.Length && bytes.StartsWith(TranslatedLocally);
    }
}
