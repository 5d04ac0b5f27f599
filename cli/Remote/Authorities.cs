using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;

namespace Gateway.Cli.Remote;

/// <summary>Which authorities a listener's certificate may be by: those of the machine, or in their place those of a file.</summary>
internal static class Authorities
{
    /// <value>Bytes: room for a few authorities.</value>
    private const int MaxBytes = 256 * 1024;

    /// <summary>A file's certificates as PEM, and nothing else that stands in it: a key beside them isn't taken along.</summary>
    /// <exception cref="InvalidInputException">It can't be read, or has none.</exception>
    public static string ReadFile(string file)
    {
        try
        {
            return Read(ArtifactFile.ReadText(file, MaxBytes)).ExportCertificatePems();
        }
        catch (CryptographicException)
        {
            throw new InvalidInputException(
                $"'{file}' holds no certificate in PEM.",
                "Name the file with the certificate of the authority that the listener's own is by."
            );
        }
    }

    /// <param name="pem">Empty for the machine's own.</param>
    /// <exception cref="InvalidInputException">There is no certificate in it.</exception>
    public static X509ChainPolicy Policy(string pem)
    {
        // Nothing is fetched from where a certificate says: whoever answers could have this machine ask any address.
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (pem.Length == 0)
        {
            return policy;
        }

        try
        {
            policy.CustomTrustStore.AddRange(Read(pem));
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            return policy;
        }
        catch (CryptographicException)
        {
            throw new InvalidInputException("The authority of the profile is no certificate.", "Add the profile again, with --ca.");
        }
    }

    private static X509Certificate2Collection Read(string pem)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(pem);
        return found.Count > 0 ? found : throw new CryptographicException("There is no certificate in it.");
    }
}
