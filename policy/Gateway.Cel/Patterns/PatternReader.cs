using System.Globalization;

namespace Gateway.Cel.Patterns;

/// <summary>Walks over the text of a pattern.</summary>
internal sealed class PatternReader(string pattern)
{
    private int _at;

    public bool AtEnd => _at >= pattern.Length;

    /// <summary>NUL beyond the end.</summary>
    public char Peek(int ahead = 0) => _at + ahead < pattern.Length ? pattern[_at + ahead] : '\0';

    /// <exception cref="PatternException">The pattern ends here.</exception>
    public char Take() => AtEnd ? throw new PatternException("the pattern ends in the middle of something") : pattern[_at++];

    public bool TryTake(string text)
    {
        var found = string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;
        _at += found ? text.Length : 0;
        return found;
    }

    public int TakeCodePoint()
    {
        var c = Take();
        return char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek()) ? char.ConvertToUtf32(c, Take()) : c;
    }

    /// <summary>The name of a group, up to its end. Names mean nothing here.</summary>
    public void SkipName()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        if (_at == start || !TryTake(">"))
        {
            throw new PatternException("a group in the pattern has no proper name");
        }
    }

    /// <summary>A count in braces; null, and nothing taken, where the brace begins none and stands for itself.</summary>
    public (int Least, int? Most)? TryCount()
    {
        var start = _at;
        if (TryTake("{") && TryDigits() is { } least)
        {
            int? most = TryTake(",") ? TryDigits() : least;
            if (TryTake("}"))
            {
                return (least, most);
            }
        }

        _at = start;
        return null;
    }

    /// <summary>Hexadecimal or octal digits: at least one, at most so many.</summary>
    public int TakeNumber(int most, int radix)
    {
        var (value, count) = (0, 0);
        while (count < most && char.IsAsciiHexDigit(Peek()) && Digit(Peek()) < radix)
        {
            value = (value * radix) + Digit(Take());
            count++;
        }

        return count > 0 ? value : throw new PatternException("an escape in the pattern lacks its digits");
    }

    private static int Digit(char c) => int.Parse([c], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private int? TryDigits()
    {
        const int MaxCountDigits = 5;
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        return _at == start ? null
            : _at - start > MaxCountDigits ? int.MaxValue
            : int.Parse(pattern.AsSpan(start, _at - start), CultureInfo.InvariantCulture);
    }
}

/// <summary>Ends the reading of a pattern; caught by the translator. It never leaves this library.</summary>
internal sealed class PatternException(string message) : Exception(message);
