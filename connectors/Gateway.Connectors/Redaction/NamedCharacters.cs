using System.Collections.Frozen;
using System.Text;

namespace Gateway.Connectors.Redaction;

/// <summary>The characters of ASCII that HTML has names for (section 13.5 of the standard), and the blank that doesn't break.</summary>
internal static class NamedCharacters
{
    private const int LongestName = 8;

    private static readonly FrozenDictionary<string, char> All = (
        "Tab:\t NewLine:\n excl:! quot:\" QUOT:\" num:# dollar:$ percnt:% amp:& AMP:& apos:' lpar:( rpar:) ast:* midast:* plus:+ comma:, "
        + "period:. sol:/ colon:: semi:; lt:< LT:< equals:= gt:> GT:> quest:? commat:@ lsqb:[ lbrack:[ bsol:\\ rsqb:] rbrack:] Hat:^ "
        + "lowbar:_ UnderBar:_ grave:` lcub:{ lbrace:{ verbar:| vert:| VerLine:| rcub:} rbrace:} "
        + "nbsp:\u00A0 hyphen:\u2010 dash:\u2010 shy:\u00AD"
    )
        .Split(' ')
        .ToFrozenDictionary(entry => entry[..entry.IndexOf(':', StringComparison.Ordinal)], entry => entry[^1], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> ByName = All.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <param name="text">Begins with the ampersand.</param>
    /// <returns>As of <see cref="EscapeReader.Read"/>.</returns>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> decoded, out int length)
    {
        length = 0;
        Span<char> name = stackalloc char[LongestName];
        var count = 0;
        while (count < LongestName && count + 1 < text.Length && char.IsAsciiLetter((char)text[count + 1]))
        {
            name[count] = (char)text[++count];
        }

        if (count + 1 == text.Length)
        {
            return EscapeReader.Unfinished;
        }

        if (text[count + 1] != ';' || !ByName.TryGetValue(name[..count], out var character))
        {
            return 0;
        }

        length = new Rune(character).EncodeToUtf8(decoded);
        return count + 2;
    }
}
