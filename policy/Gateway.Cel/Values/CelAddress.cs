namespace Gateway.Cel.Values;

/// <summary>
/// An IP address. An IPv6 address that only maps an IPv4 one (<c>::ffff:0:0/96</c>) is that IPv4 address, so that no rule is passed by
/// writing the same address another way.
/// </summary>
public sealed record CelAddress
{
    /// <value>Of the longest address.</value>
    public const int MaxBytes = 16;

    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    internal CelAddress(UInt128 bits, bool isV4) => (Bits, IsV4) = (bits, isV4);

    public bool IsV4 { get; }

    internal UInt128 Bits { get; }

    internal int Width => IsV4 ? 32 : 128;

    /// <summary>
    /// Null for anything but the full forms: four decimal numbers without leading zeros, or IPv6 in hexadecimal without zone, brackets or
    /// an embedded IPv4 form.
    /// </summary>
    public static CelAddress? TryParse(string text) =>
        text.Contains(':', StringComparison.Ordinal)
            ? AddressV6.TryParse(text) is { } bits
                ? Unmapped(bits)
                : null
            : TryParseV4(text);

    /// <summary>The canonical form (RFC 5952).</summary>
    public string ToText() => IsV4 ? string.Join('.', Byte(24), Byte(16), Byte(8), Byte(0)) : AddressV6Text.Of(Bits);

    /// <summary>Writes its bytes, the first one first.</summary>
    /// <param name="destination">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>How many there are: 4 or 16.</returns>
    public int CopyTo(Span<byte> destination)
    {
        var length = Width / 8;
        for (var i = 0; i < length; i++)
        {
            destination[i] = (byte)(Bits >> (Width - (8 * (i + 1))));
        }

        return length;
    }

    /// <summary>Whether the leading bits are those of another address of the same family.</summary>
    internal bool HasPrefix(CelAddress other, int length) =>
        IsV4 == other.IsV4 && (length == 0 || (Bits ^ other.Bits) >> (Width - length) == UInt128.Zero);

    internal CelAddress Masked(int length) => new(length == 0 ? UInt128.Zero : Bits >> (Width - length) << (Width - length), IsV4);

    /// <summary>Shows nothing: an address can come from a request.</summary>
    public override string ToString() => nameof(CelAddress);

    private int Byte(int shift) => (int)(Bits >> shift & 0xFF);

    private static CelAddress Unmapped(UInt128 bits) =>
        bits >> 32 == MappedPrefix >> 32 ? new CelAddress(bits & uint.MaxValue, true) : new CelAddress(bits, false);

    private static CelAddress? TryParseV4(string text)
    {
        var (bits, parts, digits, part) = (0u, 0, 0, 0u);
        foreach (var c in text)
        {
            if (c == '.' && digits > 0 && parts < 3)
            {
                (bits, parts, digits, part) = ((bits << 8) | part, parts + 1, 0, 0);
            }
            else if (!char.IsAsciiDigit(c) || (digits > 0 && part == 0) || (part = (part * 10) + c - '0') > 255)
            {
                return null;
            }
            else
            {
                digits++;
            }
        }

        return parts == 3 && digits > 0 ? new CelAddress((bits << 8) | part, true) : null;
    }
}
