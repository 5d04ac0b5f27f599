using System.Security.Cryptography;
using System.Text;

namespace Gateway.Evidence.Signing;

/// <summary>
/// The tags of one log's records: HMAC-SHA256 over a record's leaf hash, cut to 16 bytes. A signature is too slow to be made for each
/// record, and until one is over it a check sum is all that a record would have: whoever can write the file could put records there, and
/// the next start would sign them. The key is derived from the signing key and the log's name, so that no other log's record has it.
/// </summary>
internal sealed class RecordTags
{
    /// <value>Bytes: as hard to guess as the signatures are.</value>
    public const int Length = 16;

    private const string Label = "gateway/journal/record-tag/v1\n";

    private readonly byte[][] _keys;

    /// <param name="keys">The current one first; tags of all of them are taken.</param>
    /// <param name="origin">The log's name.</param>
    public RecordTags(IReadOnlyList<Ed25519PrivateKey> keys, string origin) => _keys = [.. keys.Select(key => KeyOf(key, origin))];

    /// <summary>What tags are made with: it takes half the time of a hash that is set up for each. For one thread at a time.</summary>
    public IncrementalHash CreateHash() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _keys[0]);

    /// <summary>Makes a record's tag. Allocates nothing.</summary>
    public static void Write(IncrementalHash hash, ReadOnlySpan<byte> leaf, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.AppendData(leaf);
        hash.GetHashAndReset(whole);
        whole[..Length].CopyTo(tag);
    }

    /// <summary>The same with a hash of its own. Safe to ask from any thread.</summary>
    public void WriteOne(ReadOnlySpan<byte> hashed, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys[0], hashed, whole);
        whole[..Length].CopyTo(tag);
    }

    /// <summary>Whether a tag was made with one of the keys for this record of this log. Safe to ask from any thread.</summary>
    public bool IsOwn(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> tag)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var key in _keys)
        {
            HMACSHA256.HashData(key, leaf, whole);
            if (CryptographicOperations.FixedTimeEquals(whole[..Length], tag))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] KeyOf(Ed25519PrivateKey key, string origin)
    {
        var seed = key.ExportSeed();
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, SHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes(Label + origin));
        CryptographicOperations.ZeroMemory(seed);
        return derived;
    }
}
