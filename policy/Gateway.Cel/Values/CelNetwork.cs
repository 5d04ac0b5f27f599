using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>
/// A network: an address and the number of its leading bits that count. The address keeps its other bits until it is masked.
/// </summary>
public sealed record CelNetwork
{
    private CelNetwork(CelAddress address, int length) => (Address, Length) = (address, length);

    public CelAddress Address { get; }

    /// <value>From 0 to 32 (IPv4) or 128 (IPv6).</value>
    public int Length { get; }

    /// <summary>Null for anything but an address, a slash and a decimal number without leading zeros.</summary>
    public static CelNetwork? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || CelAddress.TryParse(text[..slash]) is not { } address || !IsNumber(text.AsSpan(slash + 1)))
        {
            return null;
        }

        var length = int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture);

        // A mapped address was written with 128 bits, and those of its prefix would be lost.
        var wasMapped = address.IsV4 && text.Contains(':', StringComparison.Ordinal);
        return wasMapped || length > address.Width ? null : new CelNetwork(address, length);
    }

    public bool Contains(CelAddress address) => Address.HasPrefix(address, Length);

    public bool Contains(CelNetwork network) => network.Length >= Length && Contains(network.Address);

    internal CelNetwork Masked() => new(Address.Masked(Length), Length);

    public string ToText() => Address.ToText() + "/" + Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>Shows nothing: a network can come from a request.</summary>
    public override string ToString() => nameof(CelNetwork);

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 3 && !text.ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');
}
