using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>Finds one signature's bytes in <c>Signature</c> by its label (RFC 9421 section 4.2).</summary>
internal static class SignatureField
{
    /// <value>Bytes: two 32-byte numbers. The longest that an accepted algorithm makes.</value>
    public const int MaxSignatureLength = 64;

    /// <summary>
    /// False when the field is malformed, has two of one label, or none of this label that an accepted algorithm could have made.
    /// </summary>
    /// <param name="signature">At least <see cref="MaxSignatureLength"/> long.</param>
    public static bool TryFind(ReadOnlySpan<char> field, ReadOnlySpan<char> label, Span<byte> signature, out int length)
    {
        length = 0;
        var reader = new StructuredFieldReader(field);
        var seen = new SeenNames(field, stackalloc Range[SignatureProfile.MaxSignatures]);
        while (true)
        {
            var step = reader.NextMember(out var key);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End && length > 0;
            }

            if (!seen.TryAdd(key) || !reader.TryTakeEquals() || !reader.TryReadBareItem(out var item) || item.Kind != BareItemKind.Bytes)
            {
                return false;
            }

            if (field[key].SequenceEqual(label) && !StrictBase64.TryDecode(item.Text, signature[..MaxSignatureLength], out length))
            {
                return false;
            }
        }
    }
}
