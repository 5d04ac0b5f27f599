using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>
/// What an expression may name: variables with their types, functions, and the limits that hold. Immutable; compile once, share everywhere.
/// A variable's name may have points (<c>intent.action</c>): it is then read in one step, and the longest name that fits counts.
/// </summary>
public sealed class CelEnvironment
{
    /// <exception cref="ArgumentException">A name is declared twice.</exception>
    public CelEnvironment(IEnumerable<KeyValuePair<string, CelType>> variables, CelFunctionSet? functions = null, CelLimits? limits = null)
    {
        Variables = new VariableTable(variables);
        Functions = functions ?? CelFunctionSet.Standard;
        Limits = limits ?? CelLimits.Default;
    }

    /// <summary>In the order of their slots.</summary>
    public IReadOnlyList<string> Names => Variables.Names;

    public CelLimits Limits { get; }

    /// <summary>The namespace in which names are looked up first; empty for none.</summary>
    public string Container { get; init; } = "";

    internal VariableTable Variables { get; }

    internal CelFunctionSet Functions { get; }

    /// <summary>The place of a variable in an activation; -1 where none has that name.</summary>
    public int SlotOf(string name) => Variables.SlotOf(name);

    public CelActivation CreateActivation() => new(Variables);

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
