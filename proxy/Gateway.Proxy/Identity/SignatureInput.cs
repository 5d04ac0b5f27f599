using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>Finds the signature that is meant for Gateway among those of <c>Signature-Input</c> (RFC 9421 section 4.1).</summary>
internal static class SignatureInput
{
    /// <param name="known">Lists that needn't be read again.</param>
    /// <param name="tagged">The one that carries the tag, when there is exactly one.</param>
    public static TagSearch Find(ReadOnlySpan<char> field, CoverageCache known, out SignatureInputMember tagged)
    {
        tagged = default;
        var found = TagSearch.None;
        var reader = new StructuredFieldReader(field);
        var seen = new SeenNames(field, stackalloc Range[SignatureProfile.MaxSignatures]);
        while (true)
        {
            var step = reader.NextMember(out var label);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End ? found : TagSearch.Malformed;
            }

            if (!seen.TryAdd(label) || !TryReadMember(ref reader, field, known, label, out var member))
            {
                return TagSearch.Malformed;
            }

            if (member.Parameters.IsTagged)
            {
                tagged = member;
                found = found == TagSearch.None ? TagSearch.One : TagSearch.Several;
            }
        }
    }

    private static bool TryReadMember(
        scoped ref StructuredFieldReader reader,
        ReadOnlySpan<char> field,
        CoverageCache known,
        Range label,
        out SignatureInputMember member
    )
    {
        member = default;
        if (!reader.TryTakeEquals())
        {
            return false;
        }

        Span<Range> room = stackalloc Range[SignatureProfile.MaxParameters];
        var start = reader.Position;
        var coverage = known.Find(field[start..]);
        if (coverage is not null)
        {
            reader.Pass(coverage.Components.Text);
        }
        else if (!reader.TrySkipInnerList(room))
        {
            return false;
        }

        if (!SignatureParameters.TryRead(ref reader, field, room, out var parameters))
        {
            return false;
        }

        member = new SignatureInputMember
        {
            Label = label,
            Value = new Range(start, reader.Position),
            Known = coverage,
            Parameters = parameters,
            IsCanonical = reader.IsCanonical,
        };
        return true;
    }
}

/// <summary>One signature of <c>Signature-Input</c>. A view of the field's text.</summary>
internal readonly ref struct SignatureInputMember
{
    public required Range Label { get; init; }

    /// <summary>Where its covered list with the parameters is in the field.</summary>
    public required Range Value { get; init; }

    /// <summary>Its covered list; null for one that is still to be read.</summary>
    public required Coverage? Known { get; init; }

    public required SignatureParameters Parameters { get; init; }

    /// <summary>Whether its value is its own serialisation (RFC 8941 section 4.1).</summary>
    public required bool IsCanonical { get; init; }
}

/// <summary>How many signatures carry the tag. The zero value is a field that can't be read.</summary>
internal enum TagSearch
{
    Malformed = 0,
    None = 1,
    One = 2,
    Several = 3,
}

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
