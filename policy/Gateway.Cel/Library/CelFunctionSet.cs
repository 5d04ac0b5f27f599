using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>The functions that an environment knows. Immutable.</summary>
public sealed class CelFunctionSet
{
    private readonly Dictionary<(string Name, bool IsMember, int Arity), OverloadSet> _sets;

    private CelFunctionSet(IReadOnlyList<Overload> overloads)
    {
        Overloads = overloads;
        _sets = overloads
            .GroupBy(o => (o.Signature.Function, o.Signature.IsMember, o.Signature.Parameters.Count))
            .ToDictionary(group => group.Key, group => new OverloadSet(group.Key.Function, [.. group]));
        Names = overloads.Select(o => o.Signature.Function).ToHashSet();
    }

    /// <summary>The language's own functions and the extensions.</summary>
    public static CelFunctionSet Standard { get; } = new(StandardLibrary.Overloads);

    internal IReadOnlyList<Overload> Overloads { get; }

    internal IReadOnlySet<string> Names { get; }

    /// <summary>The same with one function more.</summary>
    /// <param name="signature">Such as <c>risk(string) -> int</c>, or <c>(string).risk() -> int</c> for what stands before a point.</param>
    /// <exception cref="FormatException">The text is no signature.</exception>
    public CelFunctionSet With(string signature, CelFunction body) => new([.. Overloads, new Overload(signature, body)]);

    /// <summary>Null where no function has that name, form and number of arguments; what stands before the point counts as one.</summary>
    internal OverloadSet? Find(string name, bool isMember, int arity) => _sets.GetValueOrDefault((name, isMember, arity));
}

/// <summary>
/// What a function does. It gets values of the kinds that its signature names, never an error, and gives a value or an error; it must not
/// throw, do I/O or look at a clock, because the same evaluation must give the same answer everywhere.
/// </summary>
public delegate CelValue CelFunction(CelActivation frame, ReadOnlySpan<CelValue> arguments);
