using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.FrontDoor;

/// <summary>What is let in at all. Section <c>Gateway:FrontDoor</c>.</summary>
public sealed class FrontDoorOptions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Where it listens: what <c>--urls</c> says, and nothing else. Several are parted by semicolons.</summary>
    public static string UrlsOf(IConfiguration configuration) => configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultUrl;

    /// <value> The authorities (<c>host</c> or <c>host:port</c>; a host alone stands for its scheme's own port) that Gateway is reached by;
    /// any other is refused, since a signature is only good for one of these. Default: those of a server that only its own machine can
    /// reach; one that listens wider must be told its names. </value>
    public IList<string> Authorities { get; set; } = [];

    /// <value>Addresses of proxies, or ranges such as <c>10.0.0.0/16</c>, whose <c>X-Forwarded-Host</c> and <c>X-Forwarded-Proto</c> count
    /// as what the client addressed. Default none.</value>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <value>All request headers together, in bytes. Default 32 KiB, Kestrel's own; from 4 KiB to 128 KiB.</value>
    [Range(4096, 131072)]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <value>The request line, in bytes. Default 8 KiB, Kestrel's own; from 1 KiB to 32 KiB.</value>
    [Range(1024, 32768)]
    public int RequestLineBytes { get; set; } = 8 * 1024;

    /// <value>How long the headers may take to arrive. Default 10 s; from 1 s to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>How long a body may take to arrive. Default 30 s; from 1 s to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>Connections at once; more are closed at once. Fewer where the process may open few files: five eighths of them, less 192.
    /// Default 20,000; from 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 20_000;

    /// <value> How long it goes on answering after it was told to end, with readiness off, so that whoever spreads the load sends nothing
    /// more when the port closes. Default 0, for a gateway that nothing stands before; up to 1 min. </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.Zero;

    /// <value>How long running requests may take to end after that, before they are cut. Default 25 s; from 1 s to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(25);
}
