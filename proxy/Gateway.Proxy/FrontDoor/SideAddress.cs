namespace Gateway.Proxy.FrontDoor;

/// <summary>Which addresses a server beside the doors' can listen at.</summary>
internal static class SideAddress
{
    /// <summary>Plain HTTP, an address or name of this machine, and a port.</summary>
    public static bool IsListened(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { PathBase.Length: 0, Port: > 0 and <= ushort.MaxValue } address
                && string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
