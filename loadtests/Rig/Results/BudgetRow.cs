namespace Gateway.LoadTests.Results;

/// <summary>One bound and what was measured against it.</summary>
/// <param name="Name">As in the file: target and figure.</param>
/// <param name="Bound">At least or at most this.</param>
/// <param name="Measured">Null where it wasn't measured.</param>
public sealed record BudgetRow(string Name, BudgetSide Side, double Bound, double? Measured)
{
    /// <summary>False only for a figure that was measured and is out of its bound.</summary>
    public bool Broken =>
        Measured is { } value
        && Side switch
        {
            BudgetSide.AtLeast => !(value >= Bound),
            BudgetSide.AtMost => !(value <= Bound),
            BudgetSide.None => true,
        };
}

/// <summary>Which side of a bound is right.</summary>
public enum BudgetSide
{
    None = 0,
    AtLeast,
    AtMost,
}
