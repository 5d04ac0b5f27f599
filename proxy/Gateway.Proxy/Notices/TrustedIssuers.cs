using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Proxy.Notices;

/// <summary>Who may sign the certificates of webhooks and mail servers: whom the machine trusts, and whom the settings name.</summary>
internal sealed class TrustedIssuers(X509Certificate2Collection own)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Whether a server's certificate is good. One of another name never is.</summary>
    public bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || errors != SslPolicyErrors.RemoteCertificateChainErrors || own.Count == 0)
        {
            return errors == SslPolicyErrors.None;
        }

        using var again = new X509Chain();
        again.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        again.ChainPolicy.CustomTrustStore.AddRange(own);
        again.ChainPolicy.DisableCertificateDownloads = true;
        again.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        again.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        for (var i = 0; i < chain?.ChainElements.Count; i++)
        {
            again.ChainPolicy.ExtraStore.Add(chain.ChainElements[i].Certificate);
        }

        return shown is X509Certificate2 certificate && again.Build(certificate);
    }
}
