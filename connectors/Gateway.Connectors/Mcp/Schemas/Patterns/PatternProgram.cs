namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <param name="Set">Of <see cref="PatternStep.Character"/> alone.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="Other">Of <see cref="PatternStep.Fork"/>: where it goes on as well.</param>
internal readonly record struct PatternInstruction(PatternStep Step, CodePointSet? Set, int Next, int Other);

/// <summary>
/// Turns a pattern into instructions of a non-deterministic automaton, its counted repetitions written out. What a hostile pattern could
/// make grow is paid from the allowance.
/// </summary>
internal sealed class PatternProgram
{
    private readonly List<PatternInstruction> _code = [];
    private readonly PatternAllowance _allowance;

    private PatternProgram(PatternAllowance allowance) => _allowance = allowance;

    /// <exception cref="PatternFault">The allowance doesn't suffice.</exception>
    public static PatternInstruction[] Compile(PatternNode pattern, PatternAllowance allowance)
    {
        var program = new PatternProgram(allowance);
        program.Write(pattern);
        program.Add(PatternStep.Accept);
        return [.. program._code];
    }

    private int Here => _code.Count;

    private int Add(PatternStep step, CodePointSet? set = null)
    {
        _allowance.Pay(1);
        _code.Add(new PatternInstruction(step, set, Here + 1, Here + 1));
        return Here - 1;
    }

    private void Write(PatternNode node)
    {
        _allowance.Pay(1); // Also for what makes no instruction: an empty group, repeated a thousand times inside another thousand.
        switch (node)
        {
            case OneOfSet one:
                Add(PatternStep.Character, one.Set);
                break;
            case AtPlace place:
                Add(place.Place);
                break;
            case InSequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Write(part);
                }

                break;
            case AnyOfParts choice:
                WriteChoice(choice.Parts);
                break;
            case Repeated repeated:
                WriteRepeated(repeated);
                break;
        }
    }

    private void WriteChoice(IReadOnlyList<PatternNode> parts)
    {
        var ends = new List<int>();
        foreach (var part in parts.Take(parts.Count - 1))
        {
            var fork = Add(PatternStep.Fork);
            Write(part);
            ends.Add(Add(PatternStep.Fork));
            _code[fork] = _code[fork] with { Other = Here };
        }

        Write(parts[^1]);
        foreach (var end in ends)
        {
            _code[end] = _code[end] with { Next = Here, Other = Here };
        }
    }

    private void WriteRepeated(Repeated repeated)
    {
        for (var i = 0; i < repeated.Least; i++)
        {
            Write(repeated.Part);
        }

        if (repeated.Most is not { } most)
        {
            var fork = Add(PatternStep.Fork);
            Write(repeated.Part);
            var back = Add(PatternStep.Fork);
            _code[back] = _code[back] with { Next = fork, Other = fork };
            _code[fork] = _code[fork] with { Other = Here };
            return;
        }

        var forks = new List<int>();
        for (var i = repeated.Least; i < most; i++)
        {
            forks.Add(Add(PatternStep.Fork));
            Write(repeated.Part);
        }

        foreach (var fork in forks)
        {
            _code[fork] = _code[fork] with { Other = Here };
        }
    }
}
