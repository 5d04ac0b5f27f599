using Gateway.Cel.Checking;

namespace Gateway.Cel;

/// <summary>
/// What an expression may name: variables with their types, functions, and the limits that hold. Immutable; compile once, share everywhere.
/// A variable's name may have points (<c>intent.action</c>): it is then read in one step, and the longest name that fits counts.
/// </summary>
public sealed class CelEnvironment
{
    private readonly Dictionary<string, int> _slots;
    private readonly CelType[] _types;

    /// <exception cref="ArgumentException">A name is declared twice.</exception>
    public CelEnvironment(IEnumerable<KeyValuePair<string, CelType>> variables, CelFunctionSet? functions = null, CelLimits? limits = null)
    {
        var declared = variables.ToList();
        Names = [.. declared.Select(v => v.Key)];
        _slots = declared.Select((v, i) => (v.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        _types = [.. declared.Select(v => v.Value)];
        Functions = functions ?? CelFunctionSet.Standard;
        Limits = limits ?? CelLimits.Default;
    }

    /// <summary>In the order of their slots.</summary>
    public IReadOnlyList<string> Names { get; }

    public CelLimits Limits { get; }

    /// <summary>The namespace in which names are looked up first; empty for none.</summary>
    public string Container { get; init; } = "";

    internal CelFunctionSet Functions { get; }

    /// <summary>The place of a variable in an activation; -1 where none has that name.</summary>
    public int SlotOf(string name) => _slots.GetValueOrDefault(name, -1);

    public CelActivation CreateActivation() => new(this, _types.Length);

    internal CelType TypeOf(int slot) => _types[slot];

    /// <summary>
    /// What a name can mean, the innermost namespace first: for <c>x</c> in <c>a.b</c> it is <c>a.b.x</c>, <c>a.x</c>, <c>x</c>.
    /// </summary>
    internal IEnumerable<string> Candidates(string name, bool isRooted)
    {
        for (
            var container = isRooted ? "" : Container;
            container.Length > 0;
            container = container[..Math.Max(0, container.LastIndexOf('.'))]
        )
        {
            yield return container + "." + name;
        }

        yield return name;
    }
}
