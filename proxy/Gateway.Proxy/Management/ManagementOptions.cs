using Gateway.Proxy.Configuration;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Management;

/// <summary>Where orchestrators and Prometheus ask. Section <c>Gateway:Management</c>.</summary>
public sealed class ManagementOptions
{
    /// <value>What it listens at for <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c>, such as <c>http://0.0.0.0:9090</c>; nothing else
    /// is answered there, and agents can't take its connections. Without credentials: let only the orchestrator and Prometheus reach it.
    /// Empty: nowhere; the agents' port answers the first two.</value>
    public string Url { get; set; } = "";

    internal bool IsOn => Url.Length > 0;

    /// <summary>Reports an address that can't be listened at.</summary>
    internal void Check(Settings settings)
    {
        if (IsOn && !SideAddress.IsListened(Url))
        {
            settings.Report(
                $"{Settings.Root}:Management:Url: '{Url}' can't be listened at. Write http://, an address of this machine, and a port, "
                    + "such as http://127.0.0.1:9090."
            );
        }
    }
}
