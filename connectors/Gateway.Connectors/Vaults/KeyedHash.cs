using System.Security.Cryptography;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// HMAC with SHA-256 (RFC 2104) under one key, set up once: a call on its own sets up six contexts of the library each time, which costs
/// more than the hashing. Thread-safe; what two threads ask at the same moment, one of them sets up anew. Never shows its key.
/// </summary>
public sealed class KeyedHash
{
    /// <value>Bytes of a code.</value>
    public const int Length = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key;
    private IncrementalHash? _idle;

    /// <param name="key">Copied.</param>
    public KeyedHash(ReadOnlySpan<byte> key) => _key = key.ToArray();

    /// <param name="code">Gets the code; 32 bytes.</param>
    /// <exception cref="CryptographicException">The system's library failed; nothing was computed.</exception>
    public void Compute(ReadOnlySpan<byte> data, Span<byte> code)
    {
        var hash = Interlocked.Exchange(ref _idle, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        try
        {
            hash.AppendData(data);
            hash.GetHashAndReset(code[..Length]);
        }
        catch
        {
            hash.Dispose(); // Part of the data may be in it.
            throw;
        }

        if (Interlocked.CompareExchange(ref _idle, hash, null) is not null)
        {
            hash.Dispose();
        }
    }
}
