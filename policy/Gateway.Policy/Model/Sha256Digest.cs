using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Gateway.Policy.Model;

/// <summary>A SHA-256 digest as a value: 32 bytes, no allocation, compared in constant time.</summary>
public readonly struct Sha256Digest : IEquatable<Sha256Digest>
{
    /// <value>The digest's length in bytes.</value>
    public const int Length = 32;

    private readonly Bytes _bytes;

    /// <exception cref="ArgumentException">The span isn't 32 bytes long.</exception>
    public Sha256Digest(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Length)
        {
            throw new ArgumentException($"A SHA-256 digest has {Length} bytes, not {digest.Length}.", nameof(digest));
        }

        digest.CopyTo(_bytes);
    }

    public static Sha256Digest Compute(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(data, digest);
        return new Sha256Digest(digest);
    }

    /// <summary>Parses 64 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (
            hex.Length != 2 * Length
            || Convert.FromHexString(hex, bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != Length
        )
        {
            digest = default;
            return false;
        }

        digest = new Sha256Digest(bytes);
        return true;
    }

    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_bytes).CopyTo(destination);

    public bool Equals(Sha256Digest other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => obj is Sha256Digest other && Equals(other);

    public override int GetHashCode() => Unsafe.ReadUnaligned<int>(ref Unsafe.AsRef(in _bytes[0]));

    /// <summary>Writes its 64 lower-case hexadecimal digits, as ASCII.</summary>
    public void WriteHex(Span<byte> digits) => Convert.TryToHexStringLower(_bytes, digits, out _);

    /// <summary>Lower-case hexadecimal, 64 characters.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    public static bool operator ==(Sha256Digest left, Sha256Digest right) => left.Equals(right);

    public static bool operator !=(Sha256Digest left, Sha256Digest right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Bytes
    {
        private byte _first;
    }
}
