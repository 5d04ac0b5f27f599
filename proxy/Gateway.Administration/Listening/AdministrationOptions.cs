using System.ComponentModel.DataAnnotations;
using System.Net;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Administration.Listening;

/// <summary>Where operators are served: at an address that agents need not reach. Section <c>Gateway:Administration</c>.</summary>
public sealed class AdministrationOptions
{
    /// <value>What it listens at; several are parted by semicolons. Default <c>http://127.0.0.1:8090</c>; empty for nowhere.</value>
    public string Urls { get; set; } = "http://127.0.0.1:8090";

    /// <value>How operators reach it, such as <c>https://gateway.example.com:8090</c>: what an agent is refused with, and what people are
    /// told, links to an approval's page there, also from an instance without <c>Urls</c>. <c>https</c>, or <c>http</c> of this machine.
    /// Default the first of <c>Urls</c> where that is this machine's.</value>
    public string PublicUrl { get; set; } = "";

    /// <value>More authorities (<c>host</c> or <c>host:port</c>) that it is reached by; any other is refused. Default none beside those of
    /// <c>Urls</c> on this machine and of <c>PublicUrl</c>.</value>
    public IList<string> Authorities { get; set; } = [];

    /// <value>A file with the certificate for HTTPS and those between it and its issuer, in PEM. Default none.</value>
    public string Certificate { get; set; } = "";

    /// <value>A file with the certificate's key, in PEM. Default none.</value>
    public string CertificateKey { get; set; } = "";

    /// <value>Addresses of proxies that end TLS before this listener, or ranges such as <c>10.0.0.0/16</c>; only they may send it plain
    /// HTTP from another machine. Default none.</value>
    public IList<string> TlsProxies { get; set; } = [];

    /// <value>Connections at once; more are closed at once. Default 256; from 8 to 10,000.</value>
    [Range(8, 10_000)]
    public int Connections { get; set; } = 256;

    internal bool IsOn => Urls.Trim().Length > 0;

    internal IReadOnlyList<Uri> Addresses { get; private set; } = [];

    internal TrustedNetworks Proxies { get; private set; } = TrustedNetworks.None;

    /// <value>Without a slash at the end; empty where nobody said it.</value>
    internal string Link { get; private set; } = "";

    /// <value>As they stand in <c>Host</c>.</value>
    internal IReadOnlySet<string> Known { get; private set; } = new HashSet<string>();

    /// <summary>Reads what was set, and reports all that is wrong with it.</summary>
    internal void Check(Settings settings)
    {
        if (
            PublicUrl.Length > 0
            && !(IsAddress(PublicUrl) && (new Uri(PublicUrl).Scheme == Uri.UriSchemeHttps || IsOwn(new Uri(PublicUrl))))
        )
        {
            settings.Report(
                Say(
                    "PublicUrl",
                    $"'{PublicUrl}' is no address of a console.",
                    "Write https:// and the name that operators type; http:// only of this machine."
                )
            );
        }

        Link = PublicUrl.TrimEnd('/');
        if (!IsOn)
        {
            return;
        }

        Addresses = [.. Each(Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), settings)];
        Proxies = TrustedNetworks.Of(TlsProxies, problem => settings.Report($"{Settings.Root}:Administration:TlsProxies: {problem}"));
        CheckTls(settings);
        Link = Link.Length > 0 ? Link : Addresses.FirstOrDefault(IsOwn)?.GetLeftPart(UriPartial.Authority) ?? "";

        var known = new HashSet<string>(Authorities, StringComparer.OrdinalIgnoreCase);
        foreach (var address in Addresses.Where(IsOwn))
        {
            known.Add(address.Authority);
            known.Add($"localhost:{address.Port}");
        }

        if (Uri.TryCreate(Link, UriKind.Absolute, out var link))
        {
            known.Add(link.Authority);
        }

        Known = known;
        if (known.Count == 0)
        {
            settings.Report(Say("PublicUrl", "Nobody said how the listener is reached.", "Set it, as operators type it."));
        }
    }

    private IEnumerable<Uri> Each(IEnumerable<string> urls, Settings settings)
    {
        foreach (var url in urls)
        {
            if (IsAddress(url) && IPAddress.TryParse(new Uri(url).Host.Trim('[', ']'), out _))
            {
                yield return new Uri(url);
            }
            else
            {
                settings.Report(
                    Say("Urls", $"'{url}' can't be listened at.", "Write http:// or https://, an address of this machine, and a port.")
                );
            }
        }
    }

    private void CheckTls(Settings settings)
    {
        if (Addresses.Any(one => one.Scheme == Uri.UriSchemeHttps) && (!File.Exists(Certificate) || !File.Exists(CertificateKey)))
        {
            settings.Report(Say("Certificate", "HTTPS needs a certificate and its key, as files.", "Set Certificate and CertificateKey."));
        }

        foreach (var open in Addresses.Where(one => one.Scheme == Uri.UriSchemeHttp && !IsOwn(one) && Proxies.IsEmpty))
        {
            settings.Report(
                Say(
                    "Urls",
                    $"'{open}' would take operators' passwords over the network in the clear.",
                    "Listen at https:// with Certificate and CertificateKey, or name in TlsProxies the proxy that ends TLS before it."
                )
            );
        }
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
        && parsed is { PathAndQuery: "/", Fragment.Length: 0, UserInfo.Length: 0 };

    private static bool IsOwn(Uri address) => address.IsLoopback;

    private static string Say(string key, string problem, string remedy) => $"{Settings.Root}:Administration:{key}: {problem} {remedy}";
}
