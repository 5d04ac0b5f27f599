using System.Text;

namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>Reads what stands for one character: an escape, or a class in brackets.</summary>
internal sealed class PatternClass(PatternCursor cursor, PatternAllowance allowance)
{
    /// <summary>After the opening bracket, to the closing one.</summary>
    public CodePointSet Read()
    {
        var isNegated = cursor.TryTake('^');
        var ranges = new List<(int, int)>();
        while (!cursor.TryTake(']'))
        {
            var first = Member();
            if (cursor.Peek() == '-' && cursor.Peek(1) != ']')
            {
                cursor.Take();
                ranges.Add(Range(first, Member()));
            }
            else
            {
                ranges.AddRange(first.Ranges);
            }
        }

        var set = new CodePointSet(ranges);
        allowance.Pay(set);
        return isNegated ? set.Complement() : set;
    }

    /// <summary>After the backslash.</summary>
    public CodePointSet Escape(bool isInClass)
    {
        var letter = cursor.Take();
        return letter switch
        {
            'd' => UnicodeSets.Digit,
            'D' => UnicodeSets.Digit.Complement(),
            'w' => UnicodeSets.Word,
            'W' => UnicodeSets.Word.Complement(),
            's' => UnicodeSets.Space,
            'S' => UnicodeSets.Space.Complement(),
            'p' => Property(),
            'P' => Property().Complement(),
            'b' when isInClass => One('\b'),
            _ => One(Character(letter)),
        };
    }

    private static CodePointSet One(int c) => new([(c, c)]);

    private CodePointSet Member() => cursor.Take() is var c && c == '\\' ? Escape(isInClass: true) : One(c);

    private static (int From, int To) Range(CodePointSet first, CodePointSet last)
    {
        if (first.Ranges is not [var (from, fromTo)] || last.Ranges is not [var (toFrom, to)] || from != fromTo || to != toFrom)
        {
            throw new PatternFault("the pattern has a range between sets of characters");
        }

        return from <= to ? (from, to) : throw new PatternFault("the pattern has a range of characters that ends before it starts");
    }

    private int Character(int letter) =>
        letter switch
        {
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'c' => Control(),
            '0' when cursor.Peek() is not (>= '0' and <= '9') => '\0',
            'x' => cursor.TakeHex(2),
            'u' => Unicode(),
            >= '0' and <= '9' or 'k' => throw new PatternFault("the pattern has a back reference, which can't be matched in linear time"),
            < 0x80 when char.IsAsciiLetter((char)letter) => throw new PatternFault("the pattern has an escape that ECMA-262 doesn't know"),
            > ' ' and < 0x7F and not '_' => letter,
            _ => throw new PatternFault("the pattern escapes what needs no escape"),
        };

    private int Control() =>
        cursor.Take() is < 0x80 and var c && char.IsAsciiLetter((char)c)
            ? c % 32
            : throw new PatternFault("the pattern has a control character without a letter");

    /// <summary>Four digits, two such escapes for one character, or up to six digits in braces.</summary>
    private int Unicode()
    {
        if (cursor.TryTake('{'))
        {
            var value = 0;
            do
            {
                value = (value * 16) + cursor.TakeHex(1);
            } while (value <= 0x10FFFF && !cursor.TryTake('}'));

            return Rune.IsValid(value) ? value : throw new PatternFault("the pattern has an escape that is no character");
        }

        var unit = cursor.TakeHex(4);
        if (char.IsHighSurrogate((char)unit) && cursor.TryTake('\\') && cursor.TryTake('u'))
        {
            var low = cursor.TakeHex(4);
            return char.IsLowSurrogate((char)low)
                ? char.ConvertToUtf32((char)unit, (char)low)
                : throw new PatternFault("the pattern has half of a surrogate pair");
        }

        return Rune.IsValid(unit) ? unit : throw new PatternFault("the pattern has half of a surrogate pair");
    }

    private CodePointSet Property()
    {
        var name = new StringBuilder();
        if (cursor.TryTake('{'))
        {
            while (!cursor.TryTake('}'))
            {
                name.Append(char.ConvertFromUtf32(cursor.Take()));
            }
        }

        var (key, value) = name.ToString().Split('=') is [var left, var right] ? (left, right) : ("gc", name.ToString());
        var isBare = value.Length == name.Length;
        var set =
            key is "gc" or "General_Category" && (isBare || value is not ("Any" or "ASCII" or "Assigned"))
                ? UnicodeSets.Property(value)
                : null;
        allowance.Pay(set?.Ranges.Count / 4 ?? 0);
        return set
            ?? throw new PatternFault(
                "the pattern has a Unicode property that isn't known here; general categories, Any, ASCII, Assigned are"
            );
    }
}
