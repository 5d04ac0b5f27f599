using Gateway.Policy.Model;

namespace Gateway.Connectors.Redaction;

/// <summary>Tells fast which patterns a text can't have.</summary>
internal static class PossiblePatterns
{
    /// <summary>
    /// Those whose every find has a byte that the text has. Looking for a byte takes a small part of the time of looking for finds, and
    /// most text has none. To be asked once a text: asked again behind each find, a text with many would take the square of its length.
    /// </summary>
    public static RedactionPatterns Of(ReadOnlySpan<byte> text, RedactionPatterns patterns)
    {
        const RedactionPatterns OfDigits = RedactionPatterns.Card | RedactionPatterns.Iban | RedactionPatterns.Phone;
        if ((patterns & RedactionPatterns.Email) != 0 && !text.Contains((byte)'@'))
        {
            patterns &= ~RedactionPatterns.Email;
        }

        if ((patterns & OfDigits) != 0 && !text.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            patterns &= ~OfDigits;
        }

        return (patterns & RedactionPatterns.Secret) != 0 && !SecretPattern.MayBeIn(text) ? patterns & ~RedactionPatterns.Secret : patterns;
    }
}
