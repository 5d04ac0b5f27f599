namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>The types of RFC 8941 section 3.3. The zero value is no type at all.</summary>
internal enum BareItemKind
{
    None = 0,
    Integer = 1,
    Decimal = 2,
    String = 3,
    Token = 4,
    Bytes = 5,
    Boolean = 6,
}
