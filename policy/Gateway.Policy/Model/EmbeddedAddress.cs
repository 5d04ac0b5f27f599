namespace Gateway.Policy.Model;

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

    private static ReadOnlySpan<byte> Tunnelled => [0x20, 0x02];

    /// <summary>The inner address, of 4 bytes; the address itself where there is none in it.</summary>
    /// <param name="address">16 bytes, neither <c>::</c> nor <c>::1</c>, which are written as compatible ones and carry nothing.</param>
    public static ReadOnlySpan<byte> In(ReadOnlySpan<byte> address)
    {
        if (
            address.StartsWith(Mapped)
            || address.StartsWith(Compatible)
            || address.StartsWith(Translated)
            || address.StartsWith(TranslatedWithoutState)
        )
        {
            return address[12..];
        }

        return address.StartsWith(Tunnelled) ? address[2..6] : address;
    }
}
