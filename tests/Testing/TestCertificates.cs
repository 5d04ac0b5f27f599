using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Testing;

/// <summary>Certificates for an hour, by authorities that nobody else knows.</summary>
public static class TestCertificates
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <param name="issuer">Null for one that is its own issuer.</param>
    /// <param name="addresses">What it is for, where it is no authority; none for 127.0.0.1.</param>
    public static X509Certificate2 Issue(string name, X509Certificate2? issuer, bool isAuthority, params IReadOnlyList<IPAddress> addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var address in addresses is [] ? [IPAddress.Loopback] : addresses)
            {
                names.AddIpAddress(address);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        var (from, to) = (Time.GetUtcNow().AddHours(-1), Time.GetUtcNow().AddHours(1));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from.AddHours(-1), to.AddHours(1));
        }

        using var issued = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a leaf by a new authority, and the authority: <c>leaf.pem</c>, <c>leaf.key</c> and <c>ca.pem</c>.</summary>
    public static void Write(string folder, params IReadOnlyList<IPAddress> addresses)
    {
        using var root = Issue("root", issuer: null, isAuthority: true);
        using var leaf = Issue("leaf", root, isAuthority: false, addresses);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "leaf.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "leaf.key"), leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }
}
