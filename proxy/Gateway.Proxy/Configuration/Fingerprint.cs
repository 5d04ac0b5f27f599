using System.Security.Cryptography;
using System.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>Digest of files as they are on disk: tells that something was edited, before anything is parsed.</summary>
internal static class Fingerprint
{
    public static Sha256Digest Of(IReadOnlyList<SourceFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var file in files)
        {
            foreach (var part in (ReadOnlySpan<string>)[file.Name, file.Text])
            {
                BitConverter.TryWriteBytes(length, (long)part.Length);
                hash.AppendData(length);
                hash.AppendData(Encoding.UTF8.GetBytes(part));
            }
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }
}
