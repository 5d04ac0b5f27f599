using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Evidence.Signing;

/// <summary>A text with Ed25519 signatures, as C2SP signed-note describes it: the text, an empty line, a line for each signature.</summary>
internal static class SignedNote
{
    /// <value>Bytes. Ours are smaller by far; a reader must take at least sixteen signatures.</value>
    public const int MaxLength = 4 << 20;

    private const int MaxSignatures = 32;
    private const byte Ed25519Type = 1;
    private const string Dash = "\u2014 ";

    /// <summary>The note's bytes.</summary>
    /// <param name="text">Lines, the last one ended too.</param>
    /// <param name="name">The key's name; neither blanks nor a plus in it.</param>
    public static byte[] Sign(string text, string name, Ed25519PrivateKey key)
    {
        var signature = new byte[4 + Ed25519PrivateKey.SignatureSize];
        BinaryPrimitives.WriteUInt32BigEndian(signature, KeyId(name, key.PublicKey));
        key.Sign(NoteText.Utf8.GetBytes(text)).CopyTo(signature, 4);
        return NoteText.Utf8.GetBytes($"{text}\n{Dash}{name} {Convert.ToBase64String(signature)}\n");
    }

    /// <summary>Takes a note apart. Null when it is one, signed by one of the keys under this name; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks the form and no signature.</param>
    /// <param name="text">The text that was signed; empty where something is wrong.</param>
    public static string? Open(ReadOnlySpan<byte> note, string name, IReadOnlyList<Ed25519PublicKey>? keys, out string text)
    {
        text = "";
        if (!TrySplit(note, out var body, out var signatures))
        {
            return "It isn't a signed note: lines of text, an empty one, and lines of signatures.";
        }

        var known = 0;
        foreach (var line in signatures)
        {
            if (!TryRead(line, out var signer, out var signature))
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

    private static bool TrySplit(ReadOnlySpan<byte> note, out string text, out string[] signatures)
    {
        (text, signatures) = ("", []);
        if (
            note.Length > MaxLength
            || !System.Text.Unicode.Utf8.IsValid(note)
            || note.ContainsAnyInRange((byte)0, (byte)9)
            || note.ContainsAnyInRange((byte)11, (byte)31)
        )
        {
            return false;
        }

        var whole = NoteText.Utf8.GetString(note);
        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 1 || split + 2 == whole.Length || whole[^1] != '\n')
        {
            return false;
        }

        text = whole[..(split + 1)];
        signatures = whole[(split + 2)..^1].Split('\n');
        return signatures.Length <= MaxSignatures;
    }

    private static bool TryRead(string line, out string name, out byte[] signature)
    {
        (name, signature) = ("", []);
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length % 4 != 0)
        {
            return false;
        }

        // The signatures of others can be of any kind and length; four bytes name their key.
        var length =
            (parts[1].Length / 4 * 3)
            - (
                parts[1].EndsWith("==", StringComparison.Ordinal) ? 2
                : parts[1].EndsWith('=') ? 1
                : 0
            );
        name = parts[0];
        return length > 4 && NoteText.TryBase64(parts[1], length, out signature);
    }
}

/// <summary>Base64 and numbers as notes write them: one text for each value, so that no byte can change without another meaning.</summary>
internal static class NoteText
{
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Standard base64 (RFC 4648, section 4) of exactly so many bytes; false for any other spelling of them.</summary>
    public static bool TryBase64(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == length && Convert.ToBase64String(bytes) == text;
    }

    /// <summary>A decimal number without leading zeros.</summary>
    public static bool TryNumber(string text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number)
        && (text.Length == 1 || text[0] != '0');
}
