using System.Security.Cryptography;

namespace Gateway.Connectors.Keys;

/// <summary>An agent's own public key as it is handed in: PEM, SubjectPublicKeyInfo, ECDSA on P-256 by its name.</summary>
internal static class AgentPublicKey
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int MaxPemLength = 4096;

    /// <summary>The key as SubjectPublicKeyInfo in base64. False, and what to do about it, for anything else.</summary>
    public static bool TryRead(string pem, out string subjectPublicKeyInfo, out string error)
    {
        subjectPublicKeyInfo = "";
        error = "That is no public key in PEM form: send what 'openssl pkey -pubout' prints.";
        if (pem.Length > MaxPemLength || !PemEncoding.TryFind(pem, out var found))
        {
            return false;
        }

        var label = pem.AsSpan()[found.Label];
        if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
        {
            error = "That is a private key, which must never leave the agent: make a new pair, and send the public key alone.";
            return false;
        }

        return label is "PUBLIC KEY" && TryImport(Convert.FromBase64String(pem[found.Base64Data]), out subjectPublicKeyInfo, ref error);
    }

    private static bool TryImport(byte[] der, out string subjectPublicKeyInfo, ref string error)
    {
        subjectPublicKeyInfo = "";
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(der, out var read);
            if (read != der.Length || key.ExportParameters(includePrivateParameters: false).Curve is not { IsNamed: true, Oid.Value: P256 })
            {
                error = "That key isn't on the curve P-256: make one with 'openssl ecparam -name prime256v1 -genkey'.";
                return false;
            }

            error = "";
            subjectPublicKeyInfo = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
