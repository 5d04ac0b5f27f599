using System.Text;

namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>
/// Reads a pattern by the grammar of ECMA-262 with the <c>u</c> flag. An escape that is needless there, such as <c>\-</c> or <c>\@</c>, is
/// taken where it escapes ASCII punctuation: every dialect reads it alike. Look-around and back references are faults.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 64;

    private readonly PatternCursor _cursor;
    private readonly PatternClass _classes;
    private int _depth;

    private PatternParser(string pattern, PatternAllowance allowance)
    {
        _cursor = new PatternCursor([.. pattern.EnumerateRunes().Select(rune => rune.Value)]);
        _classes = new PatternClass(_cursor, allowance);
    }

    /// <exception cref="PatternFault">It isn't a pattern, or has what can't be matched in linear time.</exception>
    public static PatternNode Parse(ReadOnlySpan<byte> utf8, PatternAllowance allowance)
    {
        var parser = new PatternParser(Encoding.UTF8.GetString(utf8), allowance);
        var node = parser.Choice();
        return parser._cursor.IsAtEnd ? node : throw new PatternFault("the pattern closes a group that it doesn't open");
    }

    private PatternNode Choice()
    {
        if (++_depth > MaxDepth)
        {
            throw new PatternFault($"the pattern's groups are nested more than {MaxDepth} deep");
        }

        var parts = new List<PatternNode> { Sequence() };
        while (_cursor.TryTake('|'))
        {
            parts.Add(Sequence());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new AnyOfParts(parts);
    }

    private InSequence Sequence()
    {
        var parts = new List<PatternNode>();
        while (!_cursor.IsAtEnd && _cursor.Peek() is not ('|' or ')'))
        {
            var atom = Atom();
            parts.Add(_cursor.TryTakeCount(out var least, out var most) ? Repeat(atom, least, most) : atom);
        }

        return new InSequence(parts);
    }

    private static Repeated Repeat(PatternNode part, int least, int? most)
    {
        if (part is AtPlace)
        {
            throw new PatternFault("the pattern repeats an anchor or a boundary");
        }

        return most < least
            ? throw new PatternFault("the pattern has a repetition whose most is less than its least")
            : new Repeated(part, least, most);
    }

    private PatternNode Atom() =>
        _cursor.Take() switch
        {
            '^' => new AtPlace(PatternStep.Start),
            '$' => new AtPlace(PatternStep.End),
            '.' => new OneOfSet(UnicodeSets.NotLineEnd),
            '(' => Group(),
            '[' => new OneOfSet(_classes.Read()),
            '\\' when _cursor.TryTake('b') => new AtPlace(PatternStep.Boundary),
            '\\' when _cursor.TryTake('B') => new AtPlace(PatternStep.NoBoundary),
            '\\' => new OneOfSet(_classes.Escape(isInClass: false)),
            '*' or '+' or '?' or '{' => throw new PatternFault("the pattern repeats nothing; write a literal brace as \\{"),
            '}' or ']' => throw new PatternFault("the pattern has a bracket that closes nothing; write a literal one with a backslash"),
            var literal => new OneOfSet(new CodePointSet([(literal, literal)])),
        };

    private PatternNode Group()
    {
        if (_cursor.TryTake('?') && !_cursor.TryTake(':'))
        {
            GroupName();
        }

        var node = Choice();
        return _cursor.TryTake(')') ? node : throw new PatternFault("the pattern has a group that isn't closed");
    }

    private void GroupName()
    {
        if (!_cursor.TryTake('<') || _cursor.Peek() is '=' or '!')
        {
            throw new PatternFault("the pattern has look-around or another group that can't be matched in linear time");
        }

        var length = 0;
        while (!_cursor.TryTake('>'))
        {
            var c = _cursor.Take();
            if (
                c is not ('_' or '$')
                && !(c < 0x80 && char.IsAsciiLetter((char)c))
                && !(length > 0 && c < 0x80 && char.IsAsciiDigit((char)c))
            )
            {
                throw new PatternFault("the pattern has a group with an unusual name");
            }

            length++;
        }

        if (length == 0)
        {
            throw new PatternFault("the pattern has a group with an empty name");
        }
    }
}
