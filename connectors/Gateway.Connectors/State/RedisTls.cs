using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>How TLS to Redis is spoken. The server's certificate must be valid for the host of the endpoint, always.</summary>
public sealed record RedisTls
{
    /// <summary>PEM of the authorities that may have signed the server's certificate; null for those that the machine trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM of the certificate that Gateway shows, with its chain; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM of that certificate's key; null where it stands in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Reads the files again for every handshake: so that what they hold may be renewed.</summary>
    /// <param name="host">Whom the certificate must name.</param>
    /// <exception cref="SharedStateException">A file can't be read. Never carries what is in it.</exception>
    internal SslClientAuthenticationOptions For(string host) =>
        new()
        {
            TargetHost = host,
            ClientCertificateContext = CertificateFile is null ? null : ReadCertificate(),
            CertificateChainPolicy = CaFile is null ? null : ReadAuthorities(),
        };

    private SslStreamCertificateContext ReadCertificate() =>
        Read(
            CertificateFile!,
            path =>
            {
                var chain = new X509Certificate2Collection();
                chain.ImportFromPemFile(path);
                return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(path, KeyFile), chain, offline: true);
            }
        );

    private X509ChainPolicy ReadAuthorities() =>
        Read(
            CaFile!,
            path =>
            {
                var policy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                policy.CustomTrustStore.ImportFromPemFile(path);
                return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("There is no certificate in it.");
            }
        );

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new SharedStateException($"'{path}' can't be read as PEM ({e.GetType().Name}). Check its path, rights and content.", e);
        }
    }
}
