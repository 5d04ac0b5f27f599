using System.Buffers.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>Base64url without padding (RFC 4648, section 5), of which each value has one text only.</summary>
internal static class ExactBase64Url
{
    /// <summary>Null for any text that encoding doesn't make.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var status = Base64Url.DecodeFromChars(text, bytes, out var read, out var written);
        if (status != System.Buffers.OperationStatus.Done || read != text.Length)
        {
            return null;
        }

        // One value, one text: white space, padding and stray bits at the end would make several.
        var exact = bytes[..written];
        return text.SequenceEqual(Base64Url.EncodeToString(exact)) ? exact : null;
    }
}
