using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Proxy.Forwarding;

/// <summary>HTTP connections that go where egress rules let them, and nowhere else.</summary>
internal static class GuardedHandler
{
    public static SocketsHttpHandler Create(Egress egress, TimeSpan connect) =>
        new()
        {
            AllowAutoRedirect = false, // A redirect would carry the credential to wherever the system says.
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false, // A proxy from the environment would be a way round the egress rules.
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a changed address is noticed.
            ConnectCallback = egress.ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OnlyWhatIsShown },
        };

    /// <summary>
    /// Or whoever answers could have Gateway ask any address, past the egress rules: .NET fetches a missing issuer from where the
    /// certificate says (RFC 5280, section 4.2.2.1), and holds a thread of the pool for it.
    /// </summary>
    internal static X509ChainPolicy OnlyWhatIsShown =>
        new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
}
