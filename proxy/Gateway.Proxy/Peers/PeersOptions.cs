using Gateway.Proxy.Configuration;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Peers;

/// <summary>
/// How replicas, each with a volume of its own, ask each other for what lies on the other's. Section <c>Gateway:Peers</c>.
/// </summary>
public sealed class PeersOptions
{
    /// <value>What it listens at for its peers, such as <c>http://0.0.0.0:9091</c>; nothing else is answered there, and only what is sealed
    /// with a key that comes from <c>DATA_ENCRYPTION_KEY</c>. Let only the replicas reach it. Empty: nowhere, and it asks nobody.</value>
    public string Url { get; set; } = "";

    /// <value>Where its peers reach it, such as <c>http://gateway-0.gateway-peers:9091</c>: its own, the same after each start. The durable
    /// store says by it on whose volume a log of the journal lies.</value>
    public string Address { get; set; } = "";

    internal bool IsOn => Url.Length > 0;

    /// <summary>Reports what can't be.</summary>
    internal void Check(Settings settings)
    {
        const string Section = $"{Settings.Root}:Peers";
        if (IsOn && !SideAddress.IsListened(Url))
        {
            settings.Report(
                $"{Section}:Url: '{Url}' can't be listened at. Write http://, an address of this machine, and a port, such as "
                    + "http://127.0.0.1:9091."
            );
        }

        if (IsOn && Address.Length == 0)
        {
            settings.Report($"{Section}:Address: without it no peer finds this one. Say where this replica's {Section}:Url is reached.");
        }

        if (!IsOn && Address.Length > 0)
        {
            settings.Report($"{Section}:Url: it is empty, and {Section}:Address says that peers ask there. Set both, or neither.");
        }

        if (Address.Length > 0 && !IsReached(Address))
        {
            settings.Report(
                $"{Section}:Address: '{Address}' isn't one. Write http://, this replica's own name and the port, without a path, such as "
                    + "http://gateway-0.gateway-peers:9091."
            );
        }
    }

    internal static bool IsReached(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri.GetLeftPart(UriPartial.Authority) == address
        && uri.UserInfo.Length == 0
        && uri.Port > 0;
}
