using System.Text.Json;

namespace Gateway.Evidence.Snapshots;

/// <summary>Where two values in canonical form first differ.</summary>
/// <param name="Member">A JSON pointer (RFC 6901), such as <c>/path/3/outcome</c>; empty where the values themselves differ.</param>
/// <param name="Recorded">What one of them has there, shortened; "nothing" where it has no such member.</param>
/// <param name="Derived">The same of the other.</param>
internal sealed record FirstDifference(string Member, string Recorded, string Derived)
{
    /// <value>Characters of a value that are shown. A record can hold long texts.</value>
    private const int Shown = 80;

    private const string Nothing = "nothing";

    /// <summary>Null for the same bytes.</summary>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static FirstDifference? Find(ReadOnlyMemory<byte> recorded, ReadOnlyMemory<byte> derived)
    {
        if (recorded.Span.SequenceEqual(derived.Span))
        {
            return null;
        }

        using var left = JsonDocument.Parse(recorded);
        using var right = JsonDocument.Parse(derived);

        // The bytes differ, whatever a comparison of values finds: there is a difference in any case.
        return ValueComparison.Find("", left.RootElement, right.RootElement)
            ?? new FirstDifference("", Show(left.RootElement), Show(right.RootElement));
    }

    public override string ToString() => $"{(Member.Length == 0 ? "it" : Member)} is {Recorded} in the record, and {Derived} follows.";

    internal static string Show(JsonElement? value) =>
        value?.GetRawText() is not { } text ? Nothing
        : text.Length <= Shown ? text
        : string.Concat(text.AsSpan(0, Shown), "…");
}
