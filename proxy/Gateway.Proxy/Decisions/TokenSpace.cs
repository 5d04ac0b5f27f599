using System.Buffers;
using System.Security.Cryptography;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// Bytes for one token: the caller's, or from the pool where those are too few. What is given back is cleared: a token opens a vault.
/// </summary>
internal readonly ref struct TokenSpace
{
    private readonly byte[]? _rented;

    public TokenSpace(int length, Span<byte> usual)
    {
        _rented = length > usual.Length ? ArrayPool<byte>.Shared.Rent(length) : null;
        Bytes = (_rented ?? usual)[..length];
    }

    public Span<byte> Bytes { get; }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Bytes);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
