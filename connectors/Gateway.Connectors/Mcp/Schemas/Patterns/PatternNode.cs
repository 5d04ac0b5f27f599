namespace Gateway.Connectors.Mcp.Schemas.Patterns;

/// <summary>A pattern as it was written, without its groups: only what it takes matters, not what a part of it took.</summary>
internal abstract record PatternNode;

/// <summary>One character out of a set.</summary>
internal sealed record OneOfSet(CodePointSet Set) : PatternNode;

/// <summary>One part after the other; none at all takes the empty text.</summary>
internal sealed record InSequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

internal sealed record AnyOfParts(IReadOnlyList<PatternNode> Parts) : PatternNode;

/// <param name="Most">Null for any number of times.</param>
internal sealed record Repeated(PatternNode Part, int Least, int? Most) : PatternNode;

/// <param name="Place"><see cref="PatternStep.Start"/>, <c>End</c>, <c>Boundary</c> or <c>NoBoundary</c>.</param>
internal sealed record AtPlace(PatternStep Place) : PatternNode;

/// <summary>What one instruction of a compiled pattern asks. The zero value takes nothing and leads nowhere.</summary>
internal enum PatternStep : byte
{
    Unassigned,
    Character,
    Fork,
    Start,
    End,
    Boundary,
    NoBoundary,
    Accept,
}

/// <summary>
/// What all patterns of one schema may come to: instructions, and ranges of characters at four for one. Paid before it is made, so that a
/// hostile pattern never gets the memory that it would need.
/// </summary>
internal sealed class PatternAllowance(int left)
{
    /// <exception cref="PatternFault">It doesn't suffice.</exception>
    public void Pay(int count)
    {
        if ((left -= count) < 0)
        {
            throw new PatternFault("the pattern is too large, or its counted repetitions and those of the schema's other patterns are");
        }
    }

    public void Pay(CodePointSet set) => Pay(set.Ranges.Count / 4);
}

/// <summary>The pattern isn't one, or can't be matched in linear time; the message says which, for whoever wrote the schema.</summary>
internal sealed class PatternFault(string message) : Exception(message);
