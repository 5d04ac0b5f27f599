using System.Collections.Frozen;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// An IBAN (ISO 13616): a country's code, two check digits that are right, and as many characters as the country has, in one piece or in
/// groups.
/// </summary>
internal static class IbanPattern
{
    // Country and length, from the registry that SWIFT keeps for ISO (release 98).
    private const string Registry =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
        + "GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27"
        + "MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
        + "VA22VG24XK20YE30";

    private static readonly FrozenDictionary<int, int> Lengths = Registry
        .Chunk(4)
        .ToFrozenDictionary(entry => Country(entry[0], entry[1]), entry => ((entry[2] - '0') * 10) + entry[3] - '0');

    /// <summary>The length of the number that begins at a place; 0 for none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        if (
            text.Length - at < 15
            || !char.IsAsciiLetter((char)text[at])
            || !char.IsAsciiLetter((char)text[at + 1])
            || !char.IsAsciiDigit((char)text[at + 2])
            || (at > 0 && char.IsAsciiLetterOrDigit((char)text[at - 1]))
        )
        {
            return 0;
        }

        if (!Lengths.TryGetValue(Country(Upper(text[at]), Upper(text[at + 1])), out var length))
        {
            return 0;
        }

        Span<byte> characters = stackalloc byte[length];
        var end = Collect(text, at, characters);
        return end > 0 && (end == text.Length || !char.IsAsciiLetterOrDigit((char)text[end])) && HasRightCheck(characters) ? end - at : 0;
    }

    /// <summary>Where it ends; 0 where there are too few characters.</summary>
    private static int Collect(ReadOnlySpan<byte> text, int at, Span<byte> characters)
    {
        var count = 0;
        for (var i = at; i < text.Length && char.IsAsciiLetterOrDigit((char)text[i]); i++)
        {
            characters[count++] = (byte)Upper(text[i]);
            if (count == characters.Length)
            {
                return i + 1;
            }

            i += i + 1 < text.Length && text[i + 1] == ' ' ? 1 : 0;
        }

        return 0;
    }

    /// <summary>The first four go to the end, letters count from 10, and the rest of a division by 97 is 1.</summary>
    private static bool HasRightCheck(ReadOnlySpan<byte> characters)
    {
        var rest = 0;
        for (var i = 0; i < characters.Length; i++)
        {
            int c = characters[(i + 4) % characters.Length];
            rest = c <= '9' ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static int Country(int first, int second) => (first << 8) | second;

    private static int Upper(byte letter) => letter is >= (byte)'a' and <= (byte)'z' ? letter - 32 : letter;
}
