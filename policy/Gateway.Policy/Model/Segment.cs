namespace Gateway.Policy.Model;

/// <summary>One segment of a resource's pattern, with at most one star, which stands for one or more characters.</summary>
internal static class Segment
{
    /// <summary>Whether a segment of an address is what the pattern's says.</summary>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> segment)
    {
        if (!Split(pattern, out var before, out var behind))
        {
            return segment.SequenceEqual(pattern);
        }

        return segment.Length > before.Length + behind.Length
            && segment.StartsWith(before)
            && segment.EndsWith(behind)
            && !StarText.IsDots(segment)
            && StarText.IsOne(segment[before.Length..^behind.Length]);
    }

    /// <summary>Whether one segment can be what both say. True too where a star would have to take what it doesn't.</summary>
    public static bool Meet(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (!Split(a, out var beforeA, out var behindA))
        {
            return Fits(b, a);
        }

        return Split(b, out var beforeB, out var behindB)
            ? (beforeA.StartsWith(beforeB) || beforeB.StartsWith(beforeA)) && (behindA.EndsWith(behindB) || behindB.EndsWith(behindA))
            : Fits(a, b);
    }

    /// <summary>Whether whatever the other says is what this one says.</summary>
    public static bool Covers(ReadOnlySpan<char> own, ReadOnlySpan<char> other)
    {
        if (!Split(own, out var before, out var behind) || !Split(other, out var otherBefore, out var otherBehind))
        {
            return Fits(own, other);
        }

        return otherBefore.StartsWith(before)
            && otherBehind.EndsWith(behind)
            && StarText.IsEmptyOrOne(otherBefore[before.Length..])
            && StarText.IsEmptyOrOne(otherBehind[..^behind.Length]);
    }

    private static bool Split(ReadOnlySpan<char> pattern, out ReadOnlySpan<char> before, out ReadOnlySpan<char> behind)
    {
        var star = pattern.IndexOf('*');
        before = star < 0 ? default : pattern[..star];
        behind = star < 0 ? default : pattern[(star + 1)..];
        return star >= 0;
    }
}
