using System.Globalization;
using System.Text;

namespace Gateway.Cel.Patterns;

/// <summary>
/// Reads a pattern as RE2 does and writes one that means the same to .NET's engine without backtracking. What RE2 lacks (look-around, back
/// references), and what can't be given the same meaning (word boundaries, Unicode properties), is refused.
/// </summary>
internal sealed class Re2Translator
{
    private const int MaxPatternLength = 4096;
    private const int MaxGroupDepth = 50;
    private const int MaxRepeats = 1000;

    private readonly PatternReader _reader;
    private readonly StringBuilder _output = new();

    private Re2Translator(string pattern) => _reader = new PatternReader(pattern);

    public static bool TryTranslate(string pattern, out string translated, out string problem)
    {
        (translated, problem) = ("", pattern.Length > MaxPatternLength ? $"the pattern is longer than {MaxPatternLength} characters" : "");
        if (problem.Length > 0)
        {
            return false;
        }

        try
        {
            var translator = new Re2Translator(pattern);
            translator.Alternatives(new PatternFlags(), MaxGroupDepth);
            translated = translator._output.ToString();
            problem = translator._reader.AtEnd ? "" : "the pattern closes a group that isn't open";
        }
        catch (PatternException wrong)
        {
            problem = wrong.Message;
        }

        return problem.Length == 0;
    }

    /// <summary>
    /// Up to the end of a group. Flags that are set inside hold until there. Gives how often something inside is repeated at most.
    /// </summary>
    private int Alternatives(PatternFlags flags, int depth)
    {
        if (depth == 0)
        {
            throw new PatternException($"the pattern nests deeper than {MaxGroupDepth} groups");
        }

        var most = 1;
        while (!_reader.AtEnd && _reader.Peek() != ')')
        {
            if (_reader.TryTake("|"))
            {
                _output.Append('|');
                continue;
            }

            var start = _output.Length;
            if (Item(ref flags, depth, out var inner))
            {
                most = Math.Max(most, Quantifier(start, inner));
            }
        }

        return most;
    }

    /// <summary>False for what can't be repeated: the setting of flags.</summary>
    private bool Item(ref PatternFlags flags, int depth, out int repeats)
    {
        if (_reader.Peek() == '(')
        {
            return Group(ref flags, depth, out repeats);
        }

        repeats = 1;
        _output.Append(
            _reader.Peek() switch
            {
                '.' => Any(flags),
                '^' => Taken(flags.IsMultiline ? "(?m:^)" : @"\A"),
                '$' => Taken(flags.IsMultiline ? "(?m:$)" : @"\z"),
                '[' => PatternClass.Read(_reader, flags),
                '\\' => PatternEscape.Read(_reader, flags),
                '*' or '+' or '?' => throw new PatternException("a repetition in the pattern has nothing to repeat"),
                '{' when _reader.TryCount() is not null => throw new PatternException(
                    "a repetition in the pattern has nothing to repeat, or is repeated"
                ),
                _ => PatternEscape.Literal(_reader.TakeCodePoint(), flags),
            }
        );
        return true;
    }

    private string Taken(string text)
    {
        _reader.Take();
        return text;
    }

    private string Any(PatternFlags flags)
    {
        _reader.Take();
        var set = new CodePointSet();
        if (!flags.MatchesLineEnds)
        {
            set.Add('\n', '\n');
        }

        return Utf16Class.Write(set, isNegated: true);
    }

    private bool Group(ref PatternFlags flags, int depth, out int repeats)
    {
        repeats = 1;
        _reader.Take();
        var inner = flags;
        if (_reader.TryTake("?"))
        {
            if (_reader.TryTake("P<") || (_reader.Peek() == '<' && _reader.Peek(1) is not ('=' or '!') && _reader.TryTake("<")))
            {
                _reader.SkipName();
            }
            else if (!PatternFlags.Read(_reader, ref inner))
            {
                flags = inner;
                return false;
            }
        }

        _output.Append("(?:");
        repeats = Alternatives(inner, depth - 1);
        if (!_reader.TryTake(")"))
        {
            throw new PatternException("a group in the pattern isn't closed");
        }

        _output.Append(')');
        return true;
    }

    /// <summary>Whether as much or as little as possible is taken makes no difference to whether something matches.</summary>
    private int Quantifier(int start, int inner)
    {
        var count = 1;
        var quantifier = _reader.Peek() switch
        {
            '*' or '+' or '?' => _reader.Take().ToString(),
            '{' => Counted(out count),
            _ => "",
        };
        if (quantifier.Length == 0)
        {
            return inner;
        }

        _reader.TryTake("?");
        if (_reader.Peek() is '*' or '+' or '?')
        {
            throw new PatternException("a repetition in the pattern is repeated");
        }

        // RE2's limit: counts inside counts multiply.
        if ((long)inner * count > MaxRepeats)
        {
            throw new PatternException($"the pattern repeats something more than {MaxRepeats} times");
        }

        _output.Insert(start, "(?:").Append(')').Append(quantifier);
        return inner * Math.Max(1, count);
    }

    /// <summary>A count of repetitions, or nothing where the brace stands for itself.</summary>
    private string Counted(out int count)
    {
        count = 1;
        if (_reader.TryCount() is not var (least, most))
        {
            return "";
        }

        count = Math.Max(least, most ?? 0);
        if (most < least)
        {
            throw new PatternException("a repetition in the pattern counts backwards");
        }

        var lower = least.ToString(CultureInfo.InvariantCulture);
        return most == least ? $"{{{lower}}}" : $"{{{lower},{most?.ToString(CultureInfo.InvariantCulture)}}}";
    }
}
