using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Identity;

/// <summary>Finds the signature that is meant for Gateway among those of <c>Signature-Input</c> (RFC 9421 section 4.1).</summary>
internal static class SignatureInput
{
    /// <param name="label">The tagged signature's label, when there is exactly one.</param>
    /// <param name="value">Its covered list with parameters, when there is exactly one.</param>
    public static TagSearch Find(ReadOnlySpan<char> field, out Range label, out Range value)
    {
        (label, value) = (default, default);
        var found = TagSearch.None;
        var reader = new StructuredFieldReader(field);
        var seen = new SeenNames(field, stackalloc Range[SignatureProfile.MaxSignatures]);
        Span<Range> room = stackalloc Range[SignatureProfile.MaxParameters];
        while (true)
        {
            var step = reader.NextMember(out var key);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End ? found : TagSearch.Malformed;
            }

            if (!seen.TryAdd(key) || !TryReadMember(ref reader, field, room, out var member, out var tagged))
            {
                return TagSearch.Malformed;
            }

            if (tagged)
            {
                (label, value) = (key, member);
                found = found == TagSearch.None ? TagSearch.One : TagSearch.Several;
            }
        }
    }

    private static bool TryReadMember(
        ref StructuredFieldReader reader, ReadOnlySpan<char> field, scoped Span<Range> room, out Range member, out bool tagged)
    {
        (member, tagged) = (default, false);
        if (!reader.TryTakeEquals())
        {
            return false;
        }

        var start = reader.Position;
        if (!reader.TrySkipInnerList(room) || !TryReadTag(ref reader, field, room, out tagged))
        {
            return false;
        }

        member = new Range(start, reader.Position);
        return true;
    }

    private static bool TryReadTag(ref StructuredFieldReader reader, ReadOnlySpan<char> field, scoped Span<Range> room, out bool tagged)
    {
        tagged = false;
        var seen = new SeenNames(field, room);
        while (true)
        {
            var step = reader.NextParameter(out var key, out var value);
            if (step != ReadStep.Found)
            {
                return step == ReadStep.End;
            }

            // A tag is a string (section 2.3). One of another type is no tag to some readers and a tag to others.
            if (!seen.TryAdd(key) || (field[key] is "tag" && value.Kind != BareItemKind.String))
            {
                return false;
            }

            tagged |= field[key] is "tag" && value.Text is SignatureProfile.Tag;
        }
    }
}
