using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>What stands in place of what was redacted. Needs no escaping in JSON and matches no pattern.</summary>
internal static class Markers
{
    /// <param name="pattern">Exactly one; none for a whole field.</param>
    public static ReadOnlySpan<byte> Of(RedactionPatterns pattern) =>
        pattern switch
        {
            RedactionPatterns.None => "[redacted:field]"u8,
            RedactionPatterns.Email => "[redacted:email]"u8,
            RedactionPatterns.Card => "[redacted:card]"u8,
            RedactionPatterns.Secret => "[redacted:secret]"u8,
            RedactionPatterns.Phone => "[redacted:phone]"u8,
            RedactionPatterns.Iban => "[redacted:iban]"u8,
            _ => "[redacted]"u8,
        };
}
