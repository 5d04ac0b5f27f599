namespace Gateway.Cel;

/// <summary>What an expression may read: a variable, and how deep into it as far as that is known before it runs.</summary>
/// <param name="Fields">The fields below the variable; empty where it may read all of it.</param>
public sealed record CelPath(string Variable, IReadOnlyList<string> Fields)
{
    public bool Equals(CelPath? other) => other is not null && Variable == other.Variable && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => HashCode.Combine(Variable, Fields.Count);

    public override string ToString() => string.Join('.', Fields.Prepend(Variable));
}
