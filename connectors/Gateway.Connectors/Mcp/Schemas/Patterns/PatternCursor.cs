namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>Walks over a pattern by code points.</summary>
internal sealed class PatternCursor(int[] pattern)
{
    private int _at;

    public bool IsAtEnd => _at >= pattern.Length;

    /// <summary>-1 beyond the end.</summary>
    public int Peek(int ahead = 0) => _at + ahead < pattern.Length ? pattern[_at + ahead] : -1;

    /// <exception cref="PatternFault">The pattern ends here.</exception>
    public int Take() => IsAtEnd ? throw new PatternFault("the pattern ends in the middle of something") : pattern[_at++];

    public bool TryTake(char expected)
    {
        var isThere = Peek() == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>A star, a plus, a question mark or braces, and the question mark behind that only prefers the shorter match.</summary>
    public bool TryTakeCount(out int least, out int? most)
    {
        (least, most) = Peek() switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => (0, (int?)0),
        };
        if (Peek() is not ('*' or '+' or '?' or '{'))
        {
            return false;
        }

        if (Take() == '{')
        {
            least = TakeNumber();
            most = TryTake(',') ? (Peek() == '}' ? null : TakeNumber()) : least;
            if (!TryTake('}'))
            {
                throw new PatternFault("the pattern has a repetition in braces that isn't closed; write a literal brace as \\{");
            }
        }

        TryTake('?');
        return true;
    }

    /// <summary>This many hexadecimal digits.</summary>
    public int TakeHex(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            var c = Take();
            value =
                c < 0x80 && char.IsAsciiHexDigit((char)c)
                    ? (value * 16) + Convert.ToInt32(((char)c).ToString(), 16)
                    : throw new PatternFault("the pattern has an escape with something else than hexadecimal digits");
        }

        return value;
    }

    private int TakeNumber()
    {
        var value = -1L;
        while (Peek() is >= '0' and <= '9')
        {
            value = Math.Min(int.MaxValue, (Math.Max(value, 0) * 10) + Take() - '0'); // What is too much is too much.
        }

        return value >= 0 ? (int)value : throw new PatternFault("the pattern has braces without a number; write a literal brace as \\{");
    }
}
