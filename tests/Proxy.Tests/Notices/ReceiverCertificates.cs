using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Notices;

/// <summary>An authority of the test's own, and the certificate of a receiver at 127.0.0.1, as PEM files.</summary>
internal sealed class ReceiverCertificates : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <param name="issuerAt">Where the certificate says that its issuer can be fetched; null for nowhere.</param>
    public ReceiverCertificates(string? issuerAt = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(2));
        Issuers.ImportFromPem(authority.ExportCertificatePem());
        using var own = RSA.Create(2048);
        var server = new CertificateRequest("CN=receiver", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        if (issuerAt is not null)
        {
            server.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [issuerAt]));
        }

        using var made = server.Create(authority, now.AddHours(-1), now.AddDays(1), [1, 2, 3]);
        File.WriteAllText(Certificate, made.ExportCertificatePem());
        File.WriteAllText(Key, own.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2Collection Issuers { get; } = [];

    public string Certificate => _folder.File("receiver.pem");

    public string Key => _folder.File("receiver.key");

    public void Dispose() => _folder.Dispose();
}
