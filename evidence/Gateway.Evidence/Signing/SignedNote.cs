using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Evidence.Signing;

/// <summary>A text with Ed25519 signatures, as C2SP signed-note describes it: the text, an empty line, a line for each signature.</summary>
internal static class SignedNote
{
    /// <value>Bytes. Ours are smaller by far; a reader must take at least sixteen signatures.</value>
    public const int MaxLength = 4 << 20;

    private const byte Ed25519Type = 1;

    /// <summary>The note's bytes.</summary>
    /// <param name="text">Lines, the last one ended too.</param>
    /// <param name="name">The key's name; neither blanks nor a plus in it.</param>
    public static byte[] Sign(string text, string name, Ed25519PrivateKey key)
    {
        var signature = new byte[4 + Ed25519PrivateKey.SignatureSize];
        BinaryPrimitives.WriteUInt32BigEndian(signature, KeyId(name, key.PublicKey));
        key.Sign(NoteText.Utf8.GetBytes(text)).CopyTo(signature, 4);
        return NoteText.Utf8.GetBytes($"{text}\n{NoteParts.Dash}{name} {Convert.ToBase64String(signature)}\n");
    }

    /// <summary>Takes a note apart. Null when it is one, signed by one of the keys under this name; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks the form and no signature.</param>
    /// <param name="text">The text that was signed; empty where something is wrong.</param>
    public static string? Open(ReadOnlySpan<byte> note, string name, IReadOnlyList<Ed25519PublicKey>? keys, out string text)
    {
        text = "";
        if (!NoteParts.TrySplit(note, out var body, out var signatures))
        {
            return "It isn't a signed note: lines of text, an empty one, and lines of signatures.";
        }

        var known = 0;
        foreach (var line in signatures)
        {
            if (!NoteParts.TryReadSignature(line, out var signer, out var signature))
            {
                return "A line behind the empty one isn't a signature.";
            }

            var matched = keys is null
                ? []
                : keys.Where(key => signer == name && KeyId(name, key) == BinaryPrimitives.ReadUInt32BigEndian(signature)).ToArray();
            if (matched.Length > 0 && !matched.Any(key => key.Verifies(NoteText.Utf8.GetBytes(body), signature.AsSpan(4))))
            {
                return "Its signature isn't that of its text.";
            }

            known += matched.Length > 0 || (keys is null && signer == name) ? 1 : 0;
        }

        if (known == 0)
        {
            return keys is null ? $"No signature on it is by '{name}'." : $"No signature on it is by a known key of '{name}'.";
        }

        text = body;
        return null;
    }

    /// <summary>The name of a key in notes: the first bytes of a hash over the name, the kind and the key.</summary>
    public static uint KeyId(string name, Ed25519PublicKey key)
    {
        byte[] input = [.. NoteText.Utf8.GetBytes(name), (byte)'\n', Ed25519Type, .. key.Bytes.Span];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
    }
}
