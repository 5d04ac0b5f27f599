namespace Gateway.Cel.Patterns;

/// <summary>A character class of a pattern: <c>[^a-z\d[:space:]]</c>.</summary>
internal static class PatternClass
{
    private static readonly Dictionary<string, (int From, int To)[]> Named = new()
    {
        ["alnum"] = [('0', '9'), ('A', 'Z'), ('a', 'z')],
        ["alpha"] = [('A', 'Z'), ('a', 'z')],
        ["ascii"] = [(0, 0x7F)],
        ["blank"] = [('\t', '\t'), (' ', ' ')],
        ["cntrl"] = [(0, 0x1F), (0x7F, 0x7F)],
        ["digit"] = [('0', '9')],
        ["graph"] = [('!', '~')],
        ["lower"] = [('a', 'z')],
        ["print"] = [(' ', '~')],
        ["punct"] = [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        ["space"] = [('\t', '\r'), (' ', ' ')],
        ["upper"] = [('A', 'Z')],
        ["word"] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        ["xdigit"] = [('0', '9'), ('A', 'F'), ('a', 'f')],
    };

    /// <summary>From the opening bracket to the closing one.</summary>
    public static string Read(PatternReader reader, PatternFlags flags)
    {
        reader.Take();
        var isNegated = reader.TryTake("^");
        var set = new CodePointSet();

        // A closing bracket in the first place stands for itself.
        for (var isFirst = true; isFirst || reader.Peek() != ']'; isFirst = false)
        {
            if (!TryNamed(reader, set) && !TryLetter(reader, flags, set))
            {
                Range(reader, set);
            }
        }

        reader.Take();
        if (flags.IgnoresCase)
        {
            set.AddCaseVariants();
        }

        return PatternEscape.Folded(Utf16Class.Write(set, isNegated), flags);
    }

    private static bool TryNamed(PatternReader reader, CodePointSet set)
    {
        if (!reader.TryTake("[:"))
        {
            return false;
        }

        var isNegated = reader.TryTake("^");
        foreach (var (name, ranges) in Named)
        {
            if (reader.TryTake(name + ":]"))
            {
                Add(set, Of(ranges), isNegated);
                return true;
            }
        }

        throw new PatternException("the pattern names a class of characters that doesn't exist");
    }

    private static bool TryLetter(PatternReader reader, PatternFlags flags, CodePointSet set)
    {
        if (reader.Peek() != '\\' || reader.Peek(1) is not ('d' or 'D' or 's' or 'S' or 'w' or 'W'))
        {
            return false;
        }

        reader.Take();
        var letter = reader.Take();
        if (letter == 'W' && flags.IgnoresCase)
        {
            throw new PatternException(@"the pattern has \W in a class that ignores case, which isn't supported");
        }

        Add(set, PatternEscape.ClassOf(letter), char.IsAsciiLetterUpper(letter));
        return true;
    }

    private static void Range(PatternReader reader, CodePointSet set)
    {
        var from = CodePoint(reader);
        var isRange = reader.Peek() == '-' && reader.Peek(1) is not (']' or '\0') && reader.TryTake("-");
        var to = isRange ? CodePoint(reader) : from;
        if (to < from || to > 0x10FFFF)
        {
            throw new PatternException("the pattern has a range of characters that ends before it starts");
        }

        set.Add(from, to);
    }

    private static int CodePoint(PatternReader reader)
    {
        if (reader.AtEnd)
        {
            throw new PatternException("a class of characters in the pattern isn't closed");
        }

        return reader.TryTake("\\") ? PatternEscape.CodePoint(reader) : reader.TakeCodePoint();
    }

    private static void Add(CodePointSet set, CodePointSet other, bool isNegated)
    {
        var source = other;
        if (isNegated)
        {
            source = new CodePointSet();
            source.AddAllBut(other);
        }

        set.AddAll(source);
    }

    private static CodePointSet Of((int From, int To)[] ranges)
    {
        var set = new CodePointSet();
        foreach (var (from, to) in ranges)
        {
            set.Add(from, to);
        }

        return set;
    }
}
