using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.LoadTests.Client;

/// <summary>
/// A request as bytes, made before the load begins. What is signed is signed anew each time it is taken (created, expires, nonce,
/// signature: docs/signing.md), in place and without an allocation, whatever it is sent to, so that signing costs the client the same at
/// every target. One a connection; not thread-safe.
/// </summary>
public sealed class PreparedRequest
{
    private const int LifetimeSeconds = 60;
    private const int NonceBytes = 18;

    private readonly byte[] _bytes;
    private readonly byte[] _base;
    private readonly byte[]? _key;
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(NonceBytes);
    private readonly TimeProvider _time;
    private readonly int[] _rooms;
    private readonly int[] _baseRooms;

    internal PreparedRequest(RequestText text, ReadOnlySpan<byte> body, byte[]? key, TimeProvider time)
    {
        _bytes = [.. Encoding.ASCII.GetBytes(text.Head), .. body];
        _base = Encoding.ASCII.GetBytes(text.SignatureBase);
        (_key, _time) = (key, time);
        string[] rooms = [RequestText.CreatedRoom, RequestText.ExpiresRoom, RequestText.NonceRoom, RequestText.SignatureRoom];
        _rooms = [.. rooms.Select(room => text.Head.IndexOf(room, StringComparison.Ordinal))];
        _baseRooms = [.. rooms.Select(room => text.SignatureBase.IndexOf(room, StringComparison.Ordinal))];
    }

    /// <summary>Whether the signature is spoiled, so that it isn't genuine.</summary>
    public bool Forged { get; init; }

    /// <summary>The request, signed for now where it is signed at all. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (_key is not null)
        {
            Sign();
        }

        return _bytes;
    }

    private void Sign()
    {
        // A counter in a random frame: as unique as random bytes, and cheaper.
        BinaryPrimitives.WriteInt64LittleEndian(_nonce, BinaryPrimitives.ReadInt64LittleEndian(_nonce) + 1);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (bytes, rooms) in (ReadOnlySpan<(byte[], int[])>)[(_bytes, _rooms), (_base, _baseRooms)])
        {
            Utf8Formatter.TryFormat(now, bytes.AsSpan(rooms[0]), out _);
            Utf8Formatter.TryFormat(now + LifetimeSeconds, bytes.AsSpan(rooms[1]), out _);
            Base64.EncodeToUtf8(_nonce, bytes.AsSpan(rooms[2]), out _, out _);
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key!, _base, signature);
        signature[0] ^= (byte)(Forged ? 1 : 0);
        Base64.EncodeToUtf8(signature, _bytes.AsSpan(_rooms[3]), out _, out _);
    }
}
