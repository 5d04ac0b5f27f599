using System.Buffers;

namespace Gateway.Connectors.Redaction;

/// <summary>An IBAN (ISO 13616), whole or in groups: a country's code, right check digits, and as many characters as it has.</summary>
internal static class IbanPattern
{
    private const int MaxBetween = 4;

    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n.-_/"u8);

    /// <summary>The length of the number that begins at a place; 0 for none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        if (
            text.Length - at < 15
            || !char.IsAsciiLetter((char)text[at])
            || !char.IsAsciiLetter((char)text[at + 1])
            || !char.IsAsciiDigit((char)text[at + 2])
            || (at > 0 && char.IsAsciiLetterOrDigit((char)text[at - 1]))
            || !IbanCountries.TryGetLength(Upper(text[at]), Upper(text[at + 1]), out var length)
        )
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

            i += Between(text[(i + 1)..]);
        }

        return 0;
    }

    /// <summary>How many characters stand between two groups.</summary>
    private static int Between(ReadOnlySpan<byte> text)
    {
        var count = text[..Math.Min(text.Length, MaxBetween + 1)].IndexOfAnyExcept(Separators);
        return count <= MaxBetween ? Math.Max(0, count) : 0;
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

    private static int Upper(byte letter) => letter is >= (byte)'a' and <= (byte)'z' ? letter - 32 : letter;
}
