namespace Gateway.Proxy.Configuration;

/// <summary>Where people reach the console. What serves it says so; of itself the path knows none.</summary>
/// <param name="address">Such as <c>https://gateway.example.com</c>; empty for nowhere.</param>
public sealed class ConsoleAddress(string address)
{
    private readonly string _address = address.TrimEnd('/');

    /// <summary>An approval's page; empty where there is none.</summary>
    public string PageOf(string approval) => _address.Length == 0 ? "" : $"{_address}/console/approvals/{approval}";
}
