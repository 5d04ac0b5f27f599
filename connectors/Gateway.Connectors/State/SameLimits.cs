using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>Tells requests that are charged to the same limits, as most of one agent's are.</summary>
internal static class SameLimits
{
    /// <summary>Whether both are charged to the same limits; each may reserve what it likes.</summary>
    public static bool Are(AdmissionRequest one, AdmissionRequest other)
    {
        var same =
            one.Rates.Count == other.Rates.Count
            && one.Concurrency.Count == other.Concurrency.Count
            && one.Budgets.Count == other.Budgets.Count;
        for (var i = 0; same && i < one.Rates.Count; i++)
        {
            same = one.Rates[i] == other.Rates[i];
        }

        for (var i = 0; same && i < one.Concurrency.Count; i++)
        {
            same = one.Concurrency[i] == other.Concurrency[i];
        }

        for (var i = 0; same && i < one.Budgets.Count; i++)
        {
            same = one.Budgets[i].Key == other.Budgets[i].Key && one.Budgets[i].Budget == other.Budgets[i].Budget;
        }

        return same;
    }
}
