namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>One value of a structured field, as a slice of the field's own text.</summary>
/// <param name="text"> A string without its quotes, its escapes still in place; bytes without their colons, still base64; anything else as
/// written. A value that may hold no quote and no backslash can be compared with it as it is. </param>
/// <param name="integer">The number of an integer, 0 or 1 of a boolean, otherwise 0.</param>
internal readonly ref struct BareItem(BareItemKind kind, ReadOnlySpan<char> text, long integer = 0)
{
    public BareItemKind Kind { get; } = kind;
    public ReadOnlySpan<char> Text { get; } = text;
    public long Integer { get; } = integer;
}
