namespace Gateway.Policy.Model;

/// <summary>Which part of the Internet's addresses one is in, as far as it matters to who may connect there.</summary>
public enum AddressSpace
{
    /// <summary>Nobody's to serve on: link-local, where clouds hand out credentials; multicast; nothing at all; not known.</summary>
    Reserved = 0,

    /// <summary>Loopback, private, shared, unique local: a network of one's own.</summary>
    Private = 1,

    Public = 2,
}

/// <summary>Tells in which space an address is, by its bytes.</summary>
public static class AddressSpaces
{
    private static ReadOnlySpan<byte> Nothing => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Loopback => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>A network translates it by a prefix of its own (RFC 8215): which address is in it, and where, only it knows.</summary>
    private static ReadOnlySpan<byte> TranslatedLocally => [0, 0x64, 0xff, 0x9b, 0, 1];

    /// <summary>Where Amazon hands out credentials over IPv6.</summary>
    private static ReadOnlySpan<byte> AmazonMetadata => [0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54];

    /// <param name="address">4 or 16 bytes, the first one first; of any other number it is reserved.</param>
    public static AddressSpace Of(ReadOnlySpan<byte> address)
    {
        if (address.Length != 16)
        {
            return address.Length == 4 ? OfVersion4(address) : AddressSpace.Reserved;
        }

        if (address.SequenceEqual(Loopback))
        {
            return AddressSpace.Private;
        }

        if (address.SequenceEqual(Nothing))
        {
            return AddressSpace.Reserved;
        }

        var inner = EmbeddedAddress.In(address);
        return inner.Length == 4 ? OfVersion4(inner) : OfVersion6(inner);
    }

    /// <summary>
    /// Private are RFC 1918, RFC 6598 (shared address space), RFC 6890 (protocol assignments) and RFC 2544 (benchmarks). Clouds hand out
    /// credentials in 169.254.0.0/16, and Azure, Alibaba and Oracle at the three single addresses.
    /// </summary>
    private static AddressSpace OfVersion4(ReadOnlySpan<byte> a) =>
        (a[0], a[1], a[2], a[3]) switch
        {
            (0 or >= 224, _, _, _) or (169, 254, _, _) => AddressSpace.Reserved,
            (168, 63, 129, 16) or (100, 100, 100, 200) or (192, 0, 0, 192) => AddressSpace.Reserved,
            (10 or 127, _, _, _) or (172, >= 16 and < 32, _, _) or (192, 168, _, _) => AddressSpace.Private,
            (192, 0, 0, _) or (198, 18 or 19, _, _) or (100, >= 64 and < 128, _, _) => AddressSpace.Private,
            _ => AddressSpace.Public,
        };

    /// <summary>Reserved are link-local, site-local and multicast; private is RFC 4193 (unique local).</summary>
    private static AddressSpace OfVersion6(ReadOnlySpan<byte> a) =>
        a.StartsWith(TranslatedLocally) || a.SequenceEqual(AmazonMetadata) || a[0] == 0xff || (a[0] == 0xfe && a[1] >= 0x80)
            ? AddressSpace.Reserved
        : (a[0] & 0xfe) == 0xfc ? AddressSpace.Private
        : AddressSpace.Public;
}
