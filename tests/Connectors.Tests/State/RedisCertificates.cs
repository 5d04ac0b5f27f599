using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>An authority of the test's own, a server's certificate for 127.0.0.1 and a client's, as PEM files.</summary>
internal sealed class RedisCertificates : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public RedisCertificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(2));
        File.WriteAllText(Ca, authority.ExportCertificatePem());
        Write("server", authority, names => names.AddIpAddress(IPAddress.Loopback));
        Write("client", authority, names => names.AddDnsName("gateway"));
    }

    public string Ca => FileOf("ca.pem");

    public string FileOf(string name) => Path.Combine(_folder.Path, name);

    public string[] ServerArguments(int port) =>
        [
            "--tls-port",
            port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--tls-cert-file",
            FileOf("server.pem"),
            "--tls-key-file",
            FileOf("server.key"),
            "--tls-ca-cert-file",
            Ca,
            "--tls-auth-clients",
            "yes",
        ];

    public void Dispose() => _folder.Dispose();

    private void Write(string name, X509Certificate2 authority, Action<SubjectAlternativeNameBuilder> naming)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        naming(names);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(FileOf(name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(FileOf(name + ".key"), key.ExportPkcs8PrivateKeyPem());
    }
}
