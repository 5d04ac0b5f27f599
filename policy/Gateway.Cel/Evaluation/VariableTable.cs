using Gateway.Cel.Values;

namespace Gateway.Cel.Evaluation;

/// <summary>The variables that an environment declares: their names, types and places (slots) in an activation. Immutable.</summary>
internal sealed class VariableTable
{
    private readonly Dictionary<string, int> _slots;
    private readonly CelType[] _types;

    /// <exception cref="ArgumentException">A name is declared twice.</exception>
    public VariableTable(IEnumerable<KeyValuePair<string, CelType>> variables)
    {
        var declared = variables.ToList();
        Names = [.. declared.Select(v => v.Key)];
        _slots = declared.Select((v, i) => (v.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        _types = [.. declared.Select(v => v.Value)];
    }

    /// <summary>In the order of their slots.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>-1 where none has that name.</summary>
    public int SlotOf(string name) => _slots.GetValueOrDefault(name, -1);

    public CelType TypeOf(int slot) => _types[slot];
}
