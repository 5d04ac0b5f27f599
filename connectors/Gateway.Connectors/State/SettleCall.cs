using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// Writes settlements in the form that <see cref="SettleScript"/> reads, behind what stands in a call already. Not thread-safe: used again
/// for every call.
/// </summary>
internal sealed class SettleCall(RedisKeys names, CallDraft draft)
{
    /// <summary>Behind the marks, of which there must be one for each settlement with budgets, in the same order.</summary>
    public void Write(QueuedAsk<Settlement>[] asks)
    {
        foreach (var asked in asks)
        {
            Add(asked.Ask.Request, asked.Ask);
        }
    }

    /// <returns>How many.</returns>
    public int WriteMarks(QueuedAsk<Settlement>[] asks)
    {
        var before = draft.Keys.Count;
        foreach (var asked in asks)
        {
            if (asked.Ask.Request.Budgets.Count > 0)
            {
                draft.Keys.Add(names.Unsettled(asked.Ask.Request.RequestId));
            }
        }

        return draft.Keys.Count - before;
    }

    private void Add(AdmissionRequest request, Settlement settlement)
    {
        var argument = draft.Arguments.Count;
        draft.Arguments.AddRange([default, request.RequestId]);
        draft.Numbers.Add(request.Concurrency.Count, request.Budgets.Count, settlement.Freed is null ? 0 : 1);
        if (settlement.Freed is { } once)
        {
            draft.Keys.Add(names.Idempotency(once));
            draft.Arguments.Add(once.DecisionId);
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            draft.Keys.Add(names.Slots(request.Concurrency[i]));
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            draft.Keys.Add(names.Budget(use));
            draft.Arguments.Add(settlement.WindowOf(use));
            draft.Numbers.Add(settlement.DifferenceOf(use));
        }

        draft.Arguments[argument] = draft.Numbers.Take();
    }
}
