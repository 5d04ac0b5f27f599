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
