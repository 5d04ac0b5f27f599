using System.Globalization;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Syntax;

/// <summary>The value of a literal token. The sign belongs to it, because the smallest int has no positive twin.</summary>
internal static class NumberLiteral
{
    /// <exception cref="SyntaxException">The number doesn't fit its type.</exception>
    public static CelValue Read(Token token, bool isNegative) =>
        token.Kind switch
        {
            TokenKind.Double => isNegative ? CelValue.From(-token.Value.AsDouble) : token.Value,
            TokenKind.Int => Int(token, isNegative),
            TokenKind.Uint => TryDigits(token.Text[..^1], out var digits) ? CelValue.From(digits) : throw TooLarge(token),
            _ => token.Value,
        };

    private static CelValue Int(Token token, bool isNegative)
    {
        const ulong Smallest = 1UL << 63;
        if (!TryDigits(token.Text, out var digits) || digits > (isNegative ? Smallest : Smallest - 1))
        {
            throw TooLarge(token);
        }

        return CelValue.From(isNegative ? unchecked(-(long)digits) : (long)digits);
    }

    private static bool TryDigits(string text, out ulong digits) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out digits)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out digits);

    private static SyntaxException TooLarge(Token token) => new(CelErrorKind.Syntax, token.Range, "the number doesn't fit in 64 bits");
}
