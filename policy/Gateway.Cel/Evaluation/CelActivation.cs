using Gateway.Cel.Values;

namespace Gateway.Cel.Evaluation;

/// <summary>
/// The values of an environment's variables for one evaluation after another, and what an evaluation needs meanwhile. Made by the
/// environment; one a thread at a time, may be used again. A variable that isn't set is an error where it is read.
/// </summary>
public sealed class CelActivation
{
    private const int CharactersPerStep = 16;

    private readonly VariableTable _variables;

    internal CelActivation(VariableTable variables) => (_variables, Slots) = (variables, new CelValue[variables.Names.Count]);

    internal CelValue[] Slots { get; }

    /// <summary>The values of the macros' variables; as many as the deepest nesting of this program needs.</summary>
    internal CelValue[] Locals { get; private set; } = [];

    /// <summary>Steps that are left. Below zero the evaluation has failed, whatever its result says.</summary>
    internal long Budget { get; set; }

    /// <summary>Why the last condition was neither true nor false.</summary>
    internal CelValue Fault { get; set; }

    /// <summary>Sets a variable by the place that the environment gives it.</summary>
    public CelValue this[int slot]
    {
        get => Slots[slot];
        set => Slots[slot] = value;
    }

    /// <summary>Sets a variable by its name.</summary>
    /// <exception cref="ArgumentException">The environment declares no such variable.</exception>
    public void Set(string name, in CelValue value) =>
        Slots[
            _variables.SlotOf(name) is var slot and >= 0
                ? slot
                : throw new ArgumentException($"The environment declares no variable '{name}'.", nameof(name))
        ] = value;

    /// <summary>Forgets every value.</summary>
    public void Clear()
    {
        Array.Clear(Slots);
        Array.Clear(Locals);
        Fault = default;
    }

    internal bool BelongsTo(VariableTable variables) => ReferenceEquals(_variables, variables);

    internal void Start(int locals, int budget)
    {
        Budget = budget;
        Fault = default;
        if (Locals.Length < locals)
        {
            Locals = new CelValue[locals];
        }
    }

    /// <summary>Takes steps off the budget; false when it is used up, and the work must not be done.</summary>
    internal bool Charge(long steps) => (Budget -= steps) >= 0;

    /// <summary>The same for a number of characters or bytes that is read or made.</summary>
    internal bool ChargeText(long characters) => Charge(1 + (characters / CharactersPerStep));
}
