using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>How often something was replaced, by its class: a pattern, or a whole field. The zero value is none.</summary>
public readonly record struct RedactionCounts(int Email, int Card, int Secret, int Phone, int Iban, int Field)
{
    public bool IsNone => this == default;

    /// <summary>The counts with their names, as in metrics and the markers.</summary>
    public IEnumerable<(string Class, int Count)> All =>
        [("email", Email), ("card", Card), ("secret", Secret), ("phone", Phone), ("iban", Iban), ("field", Field)];

    public static RedactionCounts operator +(RedactionCounts a, RedactionCounts b) =>
        new(a.Email + b.Email, a.Card + b.Card, a.Secret + b.Secret, a.Phone + b.Phone, a.Iban + b.Iban, a.Field + b.Field);

    /// <summary>One more.</summary>
    /// <param name="pattern">Exactly one; none for a field.</param>
    internal RedactionCounts And(RedactionPatterns pattern) =>
        pattern switch
        {
            RedactionPatterns.None => this with { Field = Field + 1 },
            RedactionPatterns.Email => this with { Email = Email + 1 },
            RedactionPatterns.Card => this with { Card = Card + 1 },
            RedactionPatterns.Secret => this with { Secret = Secret + 1 },
            RedactionPatterns.Phone => this with { Phone = Phone + 1 },
            RedactionPatterns.Iban => this with { Iban = Iban + 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "One pattern at a time is found."),
        };
}

/// <summary>What stands in place of what was redacted. Needs no escaping in JSON and matches no pattern.</summary>
internal static class RedactionMarkers
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
