using Gateway.Policy.Model;

namespace Gateway.Connectors.State;

/// <summary>What has been used of a budget in one calendar window.</summary>
/// <param name="Start">Microseconds since 1970, a multiple of the window's length.</param>
internal readonly record struct BudgetWindow(long Start, long Used)
{
    public static long StartOf(long now, TokenBudget budget) => now - (now % Micros.From(budget.Window));

    public long End(TokenBudget budget) => Start + Micros.From(budget.Window);

    /// <summary>
    /// The window as it counts now: this one while it lasts, else an empty new one. After a clock went back the later window stays, since
    /// an emptied counter would admit twice.
    /// </summary>
    public BudgetWindow At(long now, TokenBudget budget)
    {
        var start = StartOf(now, budget);
        return start > Start ? new BudgetWindow(start, 0) : this;
    }
}
