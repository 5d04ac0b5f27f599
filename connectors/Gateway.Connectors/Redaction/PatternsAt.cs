using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>Tries the patterns out at one place of a text.</summary>
internal static class PatternsAt
{
    /// <summary>The first that begins there, in this order; nothing where none does.</summary>
    public static TextFind Find(ReadOnlySpan<byte> text, RedactionPatterns patterns, int at)
    {
        var length = 0;
        if ((patterns & RedactionPatterns.Secret) != 0 && (length = SecretPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Secret, at, length);
        }

        if ((patterns & RedactionPatterns.Email) != 0 && (length = EmailPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Email, at, length);
        }

        if ((patterns & RedactionPatterns.Iban) != 0 && (length = IbanPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Iban, at, length);
        }

        if ((patterns & RedactionPatterns.Card) != 0 && (length = CardPattern.LengthAt(text, at)) > 0)
        {
            return new(RedactionPatterns.Card, at, length);
        }

        return (patterns & RedactionPatterns.Phone) != 0 && (length = PhonePattern.LengthAt(text, at)) > 0
            ? new(RedactionPatterns.Phone, at, length)
            : default;
    }
}

/// <summary>Where one pattern was found, in bytes.</summary>
internal readonly record struct TextFind(RedactionPatterns Pattern, int Start, int Length);
