using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Mcp.Handles;

/// <summary>
/// What a server gave out, sealed for the agent that it was given to: AES-256-GCM over the value and its expiry, under a key of its own for
/// each kind, tenant, agent and connector. So a handle proves by itself whose it is, every replica opens it with nothing written down, and
/// nobody can make, change, re-type or hand on one. Thread-safe.
/// </summary>
/// <remarks>
/// The text is base64url without padding of one byte that says which key, an IV of 12 bytes, the ciphertext and a tag of 16. IVs are
/// random: a key is good for 2^32 of them (NIST SP 800-38D, 8.3), which is why each owner has another.
/// </remarks>
/// <param name="keys">The current one seals; what an older one has sealed opens for as long as that is listed.</param>
public sealed class SealedHandles(KeyRing keys)
{
    /// <value>
    /// Bytes of a value at most. A state that a server packs its whole work into has some KiB; a longer one is refused, as the client has
    /// to send it back each time.
    /// </value>
    public const int MaxValueLength = 16 * 1024;

    /// <value>Characters of a handle at most.</value>
    public const int MaxTextLength = (((Overhead + MaxValueLength) * 4) + 2) / 3;

    private const int IvLength = 12;
    private const int TagLength = 16;
    private const int ExpiryLength = sizeof(uint);
    private const int Start = 1 + IvLength;
    private const int Overhead = Start + ExpiryLength + TagLength;

    private readonly HandleKey[] _keys = [.. keys.All.Select(key => new HandleKey(key))];

    /// <summary>Seals for one owner until a time.</summary>
    /// <param name="binding">What must be given again to open, such as the digest of the arguments; empty where nothing must.</param>
    /// <param name="expires">In whole seconds, rounded down; a time between 1970 and 2106.</param>
    /// <returns>False where the value is over <see cref="MaxValueLength"/> bytes.</returns>
    /// <exception cref="ArgumentException">The kind isn't one, the owner can't have one of it, or the time is out of range.</exception>
    public bool TrySeal(
        HandleKind kind,
        in HandleOwner owner,
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> binding,
        DateTimeOffset expires,
        [NotNullWhen(true)] out string? text
    )
    {
        var until = expires.ToUnixTimeSeconds();
        if (!owner.MayHave(kind) || until is < 0 or > uint.MaxValue)
        {
            throw new ArgumentException($"A handle of kind {kind} has a tenant, an agent, its connector and an expiry before 2106.");
        }

        if (value.Length > MaxValueLength)
        {
            text = null;
            return false;
        }

        var plaintext = new byte[ExpiryLength + value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(plaintext, (uint)until);
        value.CopyTo(plaintext.AsSpan(ExpiryLength));
        var sealedBytes = new byte[Overhead + value.Length];
        sealedBytes[0] = _keys[0].Mark;
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(1, IvLength));
        using var aes = _keys[0].CipherOf(kind, owner);
        var parts = new Parts(sealedBytes);
        aes.Encrypt(parts.Iv, plaintext, parts.Ciphertext, parts.Tag, binding);
        text = HandleText.Encode(sealedBytes);
        return true;
    }

    /// <summary>
    /// The value; false for whatever isn't exactly a handle that was sealed for this owner with this binding, and for one that expired. Why
    /// it is false is told to nobody. Never throws on any text.
    /// </summary>
    public bool TryOpen(
        HandleKind kind,
        in HandleOwner owner,
        ReadOnlySpan<char> text,
        ReadOnlySpan<byte> binding,
        DateTimeOffset now,
        [NotNullWhen(true)] out byte[]? value
    )
    {
        value = null;
        if (!owner.MayHave(kind) || text.Length > MaxTextLength || HandleText.Decode(text) is not { Length: >= Overhead } sealedBytes)
        {
            return false;
        }

        var plaintext = new byte[sealedBytes.Length - Start - TagLength];
        foreach (var key in _keys)
        {
            if (key.Mark == sealedBytes[0] && Decrypts(key, kind, owner, new Parts(sealedBytes), binding, plaintext))
            {
                var isLive = now.ToUnixTimeSeconds() < BinaryPrimitives.ReadUInt32BigEndian(plaintext);
                value = isLive ? plaintext[ExpiryLength..] : null;
                return isLive;
            }
        }

        return false;
    }

    private static bool Decrypts(
        HandleKey key,
        HandleKind kind,
        in HandleOwner owner,
        in Parts parts,
        ReadOnlySpan<byte> binding,
        Span<byte> plaintext
    )
    {
        try
        {
            using var aes = key.CipherOf(kind, owner);
            aes.Decrypt(parts.Iv, parts.Ciphertext, parts.Tag, plaintext, binding);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private readonly ref struct Parts(Span<byte> whole)
    {
        public Span<byte> Iv { get; } = whole[1..Start];
        public Span<byte> Ciphertext { get; } = whole[Start..^TagLength];
        public Span<byte> Tag { get; } = whole[^TagLength..];
    }
}
