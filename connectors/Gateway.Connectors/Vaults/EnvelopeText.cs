using System.Buffers.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// The text form of an envelope, <c>v1.&lt;key id&gt;.&lt;iv&gt;.&lt;ciphertext&gt;.&lt;tag&gt;</c>, the last three in base64url without
/// padding.
/// </summary>
internal readonly ref struct EnvelopeText
{
    /// <value>96 bits: the length that AES-GCM is specified for (NIST SP 800-38D, 5.2.1.1).</value>
    public const int IvLength = 12;

    /// <value>128 bits: the longest tag that AES-GCM has.</value>
    public const int TagLength = 16;

    private const string Version = "v1";

    public ReadOnlySpan<char> KeyId { get; private init; }
    public byte[] Iv { get; private init; }
    public byte[] Ciphertext { get; private init; }
    public byte[] Tag { get; private init; }

    public static string Format(string keyId, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag) =>
        $"{Version}.{keyId}.{Base64Url.EncodeToString(iv)}.{Base64Url.EncodeToString(ciphertext)}.{Base64Url.EncodeToString(tag)}";

    /// <summary>False for any text that <see cref="Format"/> doesn't make, character for character.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EnvelopeText parsed)
    {
        parsed = default;
        Span<Range> parts = stackalloc Range[6];
        if (
            text.Length > Envelope.MaxTextLength
            || text.Split(parts, '.') != 5
            || text[parts[0]] is not Version
            || !NamedKey.IsId(text[parts[1]])
        )
        {
            return false;
        }

        if (
            ExactBase64Url.Decode(text[parts[2]]) is not { Length: IvLength } iv
            || ExactBase64Url.Decode(text[parts[3]]) is not { } ciphertext
            || ExactBase64Url.Decode(text[parts[4]]) is not { Length: TagLength } tag
        )
        {
            return false;
        }

        parsed = new EnvelopeText
        {
            KeyId = text[parts[1]],
            Iv = iv,
            Ciphertext = ciphertext,
            Tag = tag,
        };
        return true;
    }
}
