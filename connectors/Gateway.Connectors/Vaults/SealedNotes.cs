using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Texts of a few bytes that only the holder of the keys reads, and that nobody else can make or tell apart: an id may so say by itself
/// what it stands for, with nothing written down. After SIV (RFC 5297): a code over the bytes is what they are hidden with. Thread-safe.
/// </summary>
/// <param name="label">What they are for: the same bytes under another label make another text.</param>
public sealed class SealedNotes(KeyRing keys, string label)
{
    /// <value>Bytes of a note at most.</value>
    public const int MaxLength = KeyedHash.Length;

    private const int CodeLength = 12;

    private readonly (KeyedHash Code, KeyedHash Veil)[] _hashes =
    [
        .. keys.All.Select(key => (key.HashFor($"gateway-note-v1/{label}/code"), key.HashFor($"gateway-note-v1/{label}/veil"))),
    ];

    /// <returns>Base64 for URLs, without padding.</returns>
    public string Seal(ReadOnlySpan<byte> note)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(note.Length, MaxLength);
        Span<byte> text = stackalloc byte[CodeLength + MaxLength];
        Compute(_hashes[0].Code, note, text[..CodeLength]);
        note.CopyTo(text[CodeLength..]);
        Hide(_hashes[0].Veil, text[..CodeLength], text.Slice(CodeLength, note.Length));
        return Base64Url.EncodeToString(text[..(CodeLength + note.Length)]);
    }

    /// <summary>False for what none of the keys has sealed.</summary>
    public bool TryOpen(ReadOnlySpan<char> text, out byte[] note)
    {
        note = [];
        if (!Base64Url.IsValid(text, out var length) || length is < CodeLength or > CodeLength + MaxLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[CodeLength + MaxLength];
        Base64Url.DecodeFromChars(text, bytes);
        Span<byte> code = stackalloc byte[CodeLength];
        foreach (var (hash, veil) in _hashes)
        {
            var shown = bytes[CodeLength..length].ToArray();
            Hide(veil, bytes[..CodeLength], shown);
            Compute(hash, shown, code);
            if (CryptographicOperations.FixedTimeEquals(code, bytes[..CodeLength]))
            {
                note = shown;
                return true;
            }
        }

        return false;
    }

    private static void Compute(KeyedHash hash, ReadOnlySpan<byte> note, Span<byte> code)
    {
        Span<byte> whole = stackalloc byte[KeyedHash.Length];
        hash.Compute(note, whole);
        whole[..CodeLength].CopyTo(code);
    }

    /// <summary>Hides what is shown and shows what is hidden.</summary>
    private static void Hide(KeyedHash veil, ReadOnlySpan<byte> code, Span<byte> note)
    {
        Span<byte> over = stackalloc byte[KeyedHash.Length];
        veil.Compute(code, over);
        for (var i = 0; i < note.Length; i++)
        {
            note[i] ^= over[i];
        }
    }
}
